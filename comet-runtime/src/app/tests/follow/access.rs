//! Who may follow, at first and later.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::{Request, StatusCode, header};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::super::{Tested, piece, plan, text};
use super::{channels, node, publish};
use crate::auth::{SharedAuthenticator, User};
use crate::channel::tests::{declaration, leak};
use crate::channel::{Declaration, Verdict, guard};
use crate::config::Config;
use crate::error::Error;
use crate::registry::Access;

/// An app with `rooms/{owner}` for the users it is named after, `hall` for all, `brief` as long as `STAYS` says so.
fn app(group: &'static str) -> (Tested, [&'static Declaration; 3]) {
    let rooms = Declaration {
        access: Access::User,
        guard: |call| {
            guard(async move {
                let owner = call.values.path("owner") == call.user().map(User::id);
                owner.then_some(Verdict::ALWAYS).ok_or_else(forbidden)
            })
        },
        ..declaration(group, "rooms/{owner}")
    };
    let brief = Declaration {
        guard: |_| {
            guard(async {
                let stays = STAYS.load(Ordering::SeqCst);
                stays.then_some(Verdict::lasting(Duration::from_secs(5))).ok_or_else(forbidden)
            })
        },
        ..declaration(group, "brief")
    };
    let all = [rooms, declaration(group, "hall"), brief].map(leak);
    let mut plan = plan([]);
    plan.channels = all.into();
    plan.authenticator = Some(SharedAuthenticator::new(|parts: &http::request::Parts| {
        parts.headers.get("x-user").map(|user| User::new(user.to_str().unwrap()))
    }));
    (Tested::with(plan, Config::default()), all)
}

static STAYS: AtomicBool = AtomicBool::new(true);

fn forbidden() -> Error {
    Error::new(StatusCode::FORBIDDEN, "that is somebody else's room")
}

fn ask(query: &str, user: Option<&str>) -> http::request::Builder {
    ask_by("ndjson", query, user)
}

fn ask_by(transport: &str, query: &str, user: Option<&str>) -> http::request::Builder {
    let request = Request::get(format!("/comet/events?transport={transport}&{query}"));
    match user {
        Some(user) => request.header("x-user", user),
        None => request,
    }
}

#[tokio::test(start_paused = true)]
async fn each_channel_decides_and_one_no_is_enough() {
    let (app, _) = app("access-decides");
    for (query, user, wanted) in [
        ("channel=hall", None, 200),
        ("channel=rooms/ann", None, 401),
        ("channel=hall&channel=rooms/ann", None, 401),
        ("channel=rooms/ann", Some("ann"), 200),
        ("channel=rooms/%61nn", Some("ann"), 200),
        ("channel=rooms/ann", Some("bob"), 403),
        ("channel=hall&channel=rooms/ann", Some("bob"), 403),
        ("channel=rooms/bob&channel=rooms/ann", Some("bob"), 403),
    ] {
        let response = app.send(ask(query, user), "").await;
        assert_eq!(response.status(), wanted, "{query} as {user:?}");
        if wanted == 403 {
            assert!(text(response).await.contains("that is somebody else's room"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn another_site_may_follow_public_channels_only() {
    let (app, _) = app("access-origin");
    for (query, wanted) in [("channel=hall", 200), ("channel=hall&channel=rooms/ann", 403)] {
        let request = ask(query, Some("ann")).header(header::ORIGIN, "https://evil.example");
        assert_eq!(app.send(request, "").await.status(), wanted, "{query}");
    }
}

#[tokio::test(start_paused = true)]
async fn users_are_told_who_they_are_by_a_stream_and_by_a_poll_that_does_not_wait() {
    let (app, [_, hall, _]) = app("access-who");
    let again = format!("channel=hall&present=1&cursor={}.0", node("hall", hall).log.epoch());
    for user in [Some("ann"), None] {
        let mut stream = app.send(ask("channel=hall", user), "").await;
        let hello = piece(&mut stream).await.unwrap();
        let hello: serde_json::Value = serde_json::from_str(&hello).unwrap();
        assert_eq!(hello["data"]["user"].as_str(), user);
        for query in ["channel=hall", &again] {
            let poll = text(app.send(ask_by("longpoll", query, user), "").await).await;
            let poll: serde_json::Value = serde_json::from_str(&poll).unwrap();
            assert_eq!(poll["user"].as_str(), user, "{query}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_cursor_opens_no_door() {
    let (app, [rooms, ..]) = app("access-cursor");
    let ann = node("rooms/ann", rooms);
    publish(&ann, "1");
    let stolen = format!("channel=rooms/bob&cursor={}.0", ann.log.epoch());
    let mut stream = app.send(ask(&stolen, Some("bob")), "").await;
    let said = piece(&mut stream).await.unwrap();
    assert!(!said.contains(r#""data":1}"#), "{said}");
}

#[tokio::test(start_paused = true)]
async fn revoked_is_silent_at_once() {
    let (app, [rooms, ..]) = app("access-revoked");
    let ann = node("rooms/ann", rooms);
    let mut stream = app.send(ask("channel=rooms/ann", Some("ann")), "").await;
    piece(&mut stream).await.unwrap();
    assert_eq!(ann.revoke("bob"), 0);
    assert_eq!(ann.revoke("ann"), 1);
    publish(&ann, "1");
    assert_eq!(
        text(stream).await,
        "{\"event\":\"closed\",\"data\":{\"channel\":\"rooms/ann\",\"reason\":\"revoked\"}}\n\
         {\"id\":\"done\",\"event\":\"done\",\"data\":null}\n"
    );
}

#[tokio::test(start_paused = true)]
async fn who_is_no_longer_allowed_is_silent_within_a_second_of_the_verdict() {
    let (app, [.., brief]) = app("access-brief");
    let brief = node("brief", brief);
    let mut stream = app.send(ask("channel=brief", None), "").await;
    piece(&mut stream).await.unwrap();
    let since = Instant::now();
    tokio::time::sleep(Duration::from_secs(12)).await;
    publish(&brief, "1");
    assert!(piece(&mut stream).await.unwrap().contains(r#""data":1}"#), "asked twice, unnoticed");
    STAYS.store(false, Ordering::SeqCst);
    let end = text(stream).await;
    assert!(end.contains(r#""reason":"revoked""#) && end.contains(r#""event":"done""#), "{end}");
    assert!(since.elapsed() <= Duration::from_secs(18), "{:?}", since.elapsed());
    assert_eq!(app.send(ask("channel=brief", None), "").await.status(), 403);
}

#[tokio::test(start_paused = true)]
async fn p7_a_guard_that_answers_from_before_the_revocation_lets_nobody_in() {
    static GRANTED: AtomicBool = AtomicBool::new(true);
    static ASKED: Notify = Notify::const_new();
    static GO: Notify = Notify::const_new();
    let slow = leak(Declaration {
        guard: |_| {
            guard(async {
                let granted = GRANTED.load(Ordering::SeqCst);
                ASKED.notify_one();
                if granted {
                    GO.notified().await;
                }
                granted.then_some(Verdict::ALWAYS).ok_or_else(forbidden)
            })
        },
        ..declaration("access-race", "slow")
    });
    let app = channels([slow]);
    let channel = node("slow", slow);
    let revoking = async {
        ASKED.notified().await;
        GRANTED.store(false, Ordering::SeqCst);
        assert_eq!(channel.revoke("ann"), 0, "nobody is seated yet");
        GO.notify_one();
    };
    let (stream, ()) = tokio::join!(app.send(ask("channel=slow", None), ""), revoking);
    assert_eq!(stream.status(), StatusCode::FORBIDDEN, "it was asked once more");
}
