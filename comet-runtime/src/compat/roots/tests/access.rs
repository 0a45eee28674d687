//! Who may follow what, and whose a session is.

use http::{Request, StatusCode};

use super::{Page, Server, gone, said};
use crate::app::tests::{field, rooms::rooms, text};
use crate::channel::{Declaration, guard, open};
use crate::config::Config;
use crate::error::Error;
use crate::registry::Access;

/// Rooms for signed-in users; the room `staff` is Ann's.
fn closed(group: &'static str) -> Server {
    let channel = Declaration {
        guard: |call| {
            let staff = call.values.path("room") == Some("staff");
            let ann = call.user().is_some_and(|user| user.id() == "ann");
            guard(async move {
                match staff && !ann {
                    true => Err(Error::new(StatusCode::FORBIDDEN, "not for you")),
                    false => open(),
                }
            })
        },
        ..*rooms(group, Access::User)
    };
    Server::of(Box::leak(Box::new(channel)), |roots| roots, Config::default())
}

async fn page(server: &Server, user: Option<&'static str>) -> Page {
    let mut page = Page { user, ..server.page() };
    page.ask().await;
    page
}

#[tokio::test(start_paused = true)]
async fn r_05_the_access_rule_of_a_channel_is_asked_as_the_client_that_polls() {
    let server = closed("roots-access");
    let (ann, ben, nobody) = (
        page(&server, Some("ann")).await,
        page(&server, Some("ben")).await,
        page(&server, None).await,
    );
    let all = ["rooms/staff", "nowhere", "rooms/a"];
    for (mut page, status, wanted) in [
        (ann, 404, vec![said("staff", ""), said("a", "")]),
        (ben, 403, vec![said("a", "")]),
        (nobody, 401, vec![]),
    ] {
        let refused = server.firenze.connect(page.id(), all).await.unwrap_err();
        assert_eq!(refused.status().as_u16(), status, "{refused}");
        if !wanted.is_empty() {
            assert_eq!(page.ask().await, wanted, "what may be followed is");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn r_05_no_request_of_a_client_connects_it() {
    let server = Server::new("roots-only");
    let page = page(&server, None).await;
    for (method, path) in [
        ("POST", format!("/comet/{}", page.token)),
        ("PUT", format!("/comet/{}", page.token)),
        ("POST", "/comet/".to_owned()),
        ("HEAD", format!("/comet/{}", page.token)),
    ] {
        let request = Request::builder().method(method).uri(&path);
        let answer = server.app.send(request, r#"["rooms/a"]"#).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {path}");
    }
    let query = Request::get(format!("/comet/{}?channel=rooms/a", page.token));
    let server_ = server.clone();
    let held = tokio::spawn(async move { text(server_.app.send(query, "").await).await });
    tokio::task::yield_now().await;
    server.publish("a", "1");
    assert!(held.await.unwrap().starts_with(r#"{"updates": [], "#));
}

#[tokio::test(start_paused = true)]
async fn r_01_a_users_session_is_nobody_elses() {
    let server = closed("roots-owner");
    let mut ann = page(&server, Some("ann")).await;
    server.firenze.connect(ann.id(), ["rooms/staff"]).await.unwrap();
    for user in [None, Some("ben")] {
        let mut thief = Page { user, ..ann.clone() };
        assert_eq!(thief.ask().await, []);
        assert_ne!(thief.id(), ann.id());
    }
    assert_eq!(ann.ask().await, [said("staff", "")]);
}

#[tokio::test(start_paused = true)]
async fn r_06_whose_access_is_revoked_is_disconnected_at_once() {
    let server = closed("roots-revoked");
    let mut ann = page(&server, Some("ann")).await;
    server.firenze.connect(ann.id(), ["rooms/staff", "rooms/a"]).await.unwrap();
    ann.ask().await;
    let held = tokio::spawn({
        let page = ann.clone();
        async move { page.poll().await.1 }
    });
    tokio::task::yield_now().await;
    server.node("staff").revoke("ann");
    server.publish("staff", "secret");
    server.publish("a", "1");
    assert_eq!(held.await.unwrap(), [gone("staff"), said("a", "1")]);
}

#[tokio::test(start_paused = true)]
async fn r_10_paths_of_commands_cannot_be_followed() {
    let everything = Declaration { pattern: "{*path}", ..*rooms("roots-reserved", Access::Public) };
    let server = Server::of(Box::leak(Box::new(everything)), |roots| roots, Config::default());
    let page = page(&server, None).await;
    server.firenze.connect(page.id(), ["any/thing"]).await.unwrap();
    for path in ["::connect", "::gone", "::+::disconnect", "::"] {
        let refused = server.firenze.connect(page.id(), [path]).await.unwrap_err();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn pages_of_other_sites_get_no_session() {
    let server = Server::new("roots-foreign");
    let foreign = Request::get("/comet/").header("origin", "http://evil.example");
    let answer = server.app.send(foreign, "").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let answer = server.app.send(Request::get("/comet/"), "").await;
    assert_eq!(field(&answer, "content-type"), "application/json");
    assert!(field(&answer, "cache-control").contains("no-store"));
}
