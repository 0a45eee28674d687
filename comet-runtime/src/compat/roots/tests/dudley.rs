//! Updates of other processes.

use std::sync::{Arc, Mutex};

use http::{Request, StatusCode};
use serde_json::json;

use super::{Roots, Server, gone, said};
use crate::app::tests::{field, rooms::rooms, text};
use crate::auth::PeerAddr;
use crate::channel::hub;
use crate::compat::roots::Update;
use crate::config::Config;
use crate::error::Error;
use crate::registry::Access;

/// What Cornelius gets for a body: status and text.
async fn post(server: &Server, body: &str) -> (u16, String) {
    let request = Request::post("/dudley")
        .header("content-type", "application/x-www-form-urlencoded")
        .extension(PeerAddr("127.0.0.1:5".parse().unwrap()));
    let answer = server.app.send(request, body).await;
    (answer.status().as_u16(), text(answer).await)
}

fn dudley(roots: Roots) -> Roots {
    roots.dudley("/dudley")
}

const DONE: (u16, &str) = (200, "{success:true}");

#[tokio::test(start_paused = true)]
async fn r_07_updates_of_another_process_reach_clients_of_roots_and_of_comet() {
    let server = Server::with("dudley-update", dudley);
    let mut page = server.following(&["a", "b"]).await;
    let record = r#"{"id": 1, "title": "M\u00fcll"}"#;
    let body = json!([
        { "path": "rooms/a", "message": "m1" },
        { "path": "rooms/b", "message": record },
        { "path": "rooms/a", "message": "[half", "sender": "ignored" },
        { "path": "rooms/a", "message": 7 },
    ]);
    let (status, reply) = post(&server, &body.to_string()).await;
    assert_eq!((status, &*reply), DONE);
    let mut updates = page.ask().await;
    updates.sort();
    assert_eq!(updates, [said("a", "7"), said("a", "[half"), said("a", "m1"), said("b", record)]);
    let own = server.app.lines("/comet/events?channel=rooms/b&history=1", None).await;
    hub().close(&server.node("b"));
    let lines = text(own).await;
    assert!(lines.contains(&format!(r#""data":{record}"#)), "a record is one for Comet: {lines}");
}

#[tokio::test(start_paused = true)]
async fn r_07_the_application_connects_and_disconnects_from_outside() {
    let server = Server::with("dudley-connect", dudley);
    let mut page = server.page();
    page.ask().await;
    let id = page.id().to_owned();
    let order =
        |command: &str, path: &str| json!({"path": command, "message": format!("{id}->{path}")});
    let body = json!([order("::connect", "rooms/a"), order("::connect", "rooms/b->c")]);
    assert_eq!(post(&server, &body.to_string()).await.0, 200);
    assert_eq!(page.ask().await, [said("a", ""), said("b->c", "")]);
    let body = json!([order("::disconnect", "rooms/a")]).to_string();
    assert_eq!(post(&server, &body).await.0, 200);
    assert_eq!(page.ask().await, [gone("a")]);
    // A client that has gone meanwhile is no error, and neither is its end.
    for body in [
        json!([{"path": "::connect", "message": "COMET-x-1->rooms/a"}]),
        json!([{"path": "::gone", "message": id}]),
        json!([{"path": "::gone", "message": id}]),
        json!([]),
    ] {
        assert_eq!(post(&server, &body.to_string()).await.1, DONE.1);
    }
    page.ask().await;
    assert_ne!(page.id(), id);
}

/// Batches with something wrong at 1, behind a good update: body, status, and what is said of it.
const BAD: [(&str, u16, &str); 12] = [
    (r#"{"path":"nowhere","message":"x"}"#, 404, "there is no channel `nowhere`"),
    (r#"{"path":"rooms/a"}"#, 400, "no `path` or no `message`"),
    (r#"{"message":"x"}"#, 400, "no `path` or no `message`"),
    (r#"{"path":7,"message":"x"}"#, 400, "`path` is no string"),
    ("7", 400, "it is no object"),
    ("null", 400, "it is no object"),
    (r#""path message""#, 400, "it is no object"),
    (r#"{"path":"::connect","message":"no arrow"}"#, 400, "have `->` between them"),
    (r#"{"path":"::connect","message":7}"#, 400, "is a string"),
    (r#"{"path":"::connect","message":"x->::connect"}"#, 403, "reserved"),
    (r#"{"path":"::unknown","message":"a->b"}"#, 400, "there are the commands"),
    (r#"{"path":"rooms/../x","message":"x"}"#, 400, "is no channel name"),
];

fn batch(bad: &str) -> String {
    let good = r#"{"path":"rooms/a","message":"good"}"#;
    format!("[{good},{bad},{good}]")
}

#[tokio::test(start_paused = true)]
async fn r_09_a_batch_lands_whole_or_not_at_all_and_the_reply_says_why() {
    let server = Server::with("dudley-whole", dudley);
    for (bad, status, why) in BAD {
        let (got, reply) = post(&server, &batch(bad)).await;
        assert_eq!(got, status, "{bad}: {reply}");
        assert!(reply.contains("update 1: ") && reply.contains(why), "{bad}: {reply}");
    }
    for body in ["", "{}", "7", "null", "[", "[1,]", "nonsense", "\u{feff}[]"] {
        let (status, reply) = post(&server, body).await;
        assert_eq!(status, 400, "{body}: {reply}");
    }
    let many = json!(vec![json!({"path": "rooms/a", "message": ""}); 1001]).to_string();
    assert_eq!(post(&server, &many).await.0, 413);
    assert_eq!(server.node("a").log.newest(), 0);
}

#[tokio::test(start_paused = true)]
async fn r_09_piecemeal_batches_are_done_up_to_the_first_that_fails() {
    let server = Server::with("dudley-piecemeal", |roots| dudley(roots).piecemeal());
    let mut landed = 0;
    for (bad, _, why) in BAD {
        let skipped = why.starts_with("no `path`");
        landed += if skipped { 2 } else { 1 };
        let wanted = if skipped { DONE } else { (200, "{error:true}") };
        let (status, reply) = post(&server, &batch(bad)).await;
        assert_eq!((status, &*reply), wanted, "{bad}");
        assert_eq!(server.node("a").log.newest(), landed, "{bad}");
    }
    assert_eq!(post(&server, "nonsense").await, (200, "{error:true}".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn r_10_only_this_machine_and_whoever_has_the_secret_may_publish() {
    let secret = "0123456789abcdef";
    let config = Config { publish_secret: Some(secret.parse().unwrap()), ..Config::default() };
    for (config, group) in [(Config::default(), "dudley-near"), (config, "dudley-secret")] {
        let has_secret = config.publish_secret.is_some();
        let server = Server::of(rooms(group, Access::Public), dudley, config);
        let send = async |peer: &str, name: &'static str, value: &str| {
            let mut request = Request::post("/dudley").header(name, value);
            if let Ok(peer) = peer.parse() {
                request = request.extension(PeerAddr(peer));
            }
            server.app.send(request, "[]").await.status().as_u16()
        };
        let others = if has_secret { 401 } else { 404 };
        for (peer, name, value, wanted) in [
            ("127.0.0.1:5", "x-any", "thing", 200),
            ("[::1]:5", "x-any", "thing", 200),
            ("192.0.2.7:5", "x-any", "thing", others),
            ("unknown", "x-any", "thing", others),
            ("127.0.0.1:5", "x-forwarded-for", "192.0.2.7", 403),
            ("127.0.0.1:5", "origin", "http://localhost", 403),
            ("127.0.0.1:5", "sec-fetch-site", "none", 403),
            (
                "192.0.2.7:5",
                "authorization",
                "Bearer 0123456789abcdef",
                if has_secret { 200 } else { 404 },
            ),
            ("192.0.2.7:5", "authorization", "Bearer wrong", others),
        ] {
            assert_eq!(send(peer, name, value).await, wanted, "{group} {peer} {name}: {value}");
        }
    }
    // Who has not asked for Dudley has none.
    let without = Server::new("dudley-off");
    assert_eq!(post(&without, "[]").await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn r_11_filters_see_every_update_before_it_happens_in_their_order() {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&seen);
    let server = Server::with("dudley-filter", |roots| {
        dudley(roots)
            .filter(move |update| {
                log.lock().unwrap().push(match update {
                    Update::Message { path, message } => format!("{path}: {message}"),
                    Update::Connect { path, .. } => format!("+{path}"),
                    Update::Disconnect { path, .. } => format!("-{path}"),
                });
                Ok(())
            })
            .filter(|update| match update {
                Update::Message { message: r#""rude""#, .. } => {
                    Err(Error::new(StatusCode::UNPROCESSABLE_ENTITY, "be polite"))
                }
                Update::Connect { path: "rooms/b", .. } => {
                    Err(Error::new(StatusCode::FORBIDDEN, "b is closed"))
                }
                _ => Ok(()),
            })
    });
    let mut page = server.page();
    page.ask().await;
    let refused = server.firenze.connect(page.id(), ["rooms/b", "rooms/a"]).await.unwrap_err();
    assert_eq!(refused.to_string(), "b is closed");
    assert_eq!(page.ask().await, [said("a", "")]);
    let (status, reply) = post(&server, &batch(r#"{"path":"rooms/a","message":"rude"}"#)).await;
    assert!(status == 422 && reply.contains("update 1: be polite"), "{reply}");
    server.firenze.disconnect(page.id(), ["rooms/a"]);
    assert_eq!(
        *seen.lock().unwrap(),
        ["+rooms/b", "+rooms/a", r#"rooms/a: "good""#, r#"rooms/a: "rude""#, "-rooms/a"]
    );
}

#[tokio::test]
async fn r_07_success_is_said_letter_by_letter_as_cornelius_wants_it() {
    let server = Server::with("dudley-reply", dudley);
    let request = Request::post("/dudley").extension(PeerAddr("127.0.0.1:5".parse().unwrap()));
    let answer = server.app.send(request, r#"[{"path":"rooms/a","message":"x"}]"#).await;
    assert!(field(&answer, "content-type").starts_with("text/plain"));
    assert_eq!(text(answer).await, "{success:true}");
}
