//! How connections end, and what the close frame says.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::super::follow::{at, node, two};
use super::super::{Tested, plan};
use super::Peer;
use crate::auth::{SharedAuthenticator, User};
use crate::channel::tests::{declaration, leak, publish};
use crate::channel::{Declaration, hub};
use crate::config::Config;
use crate::registry::Access;

#[tokio::test(start_paused = true)]
async fn when_every_channel_has_closed_it_is_done() {
    let (app, a, b) = two("end-closed");
    let mut peer = Peer::open(&app, "channel=a&channel=b").await;
    peer.hello().await;
    publish(&a, "1");
    hub().close(&a);
    assert_eq!(peer.next().await["data"], 1);
    assert_eq!(peer.next().await["data"], json!({"channel": "a", "reason": "closed"}));
    hub().close(&b);
    assert_eq!(peer.next().await["data"], json!({"channel": "b", "reason": "closed"}));
    assert_eq!(peer.next().await, json!({"id": "done", "event": "done", "data": null}));
    assert_eq!(peer.closed().await, 1000);
}

#[tokio::test(start_paused = true)]
async fn who_has_seen_the_end_is_told_again() {
    let (app, ..) = two("end-seen");
    let mut peer = Peer::open(&app, "channel=a&cursor=done").await;
    peer.hello().await;
    assert_eq!(peer.next().await["event"], "done");
    assert_eq!(peer.closed().await, 1000);
}

#[tokio::test(start_paused = true)]
async fn who_gets_no_channel_is_refused() {
    let (app, ..) = two("end-refused");
    let mut peer = Peer::open(&app, "channel=x").await;
    assert_eq!(peer.hello().await["channels"], json!([]));
    assert_eq!(peer.next().await["data"]["reason"], "refused");
    assert_eq!(peer.next().await["event"], "done");
    assert_eq!(peer.closed().await, 1008);
}

/// An app with a channel for users, and a user for who says so.
fn private(group: &'static str) -> (Tested, &'static Declaration) {
    let rooms = leak(Declaration { access: Access::User, ..declaration(group, "room") });
    let mut plan = plan([]);
    plan.channels = vec![rooms];
    plan.authenticator = Some(SharedAuthenticator::new(|parts: &http::request::Parts| {
        parts.headers.get("x-user").map(|user| User::new(user.to_str().unwrap()))
    }));
    (Tested::with(plan, Config::default()), rooms)
}

#[tokio::test(start_paused = true)]
async fn revoked_is_silent_at_once() {
    let (app, rooms) = private("end-revoked");
    let room = node("room", rooms);
    let mut peer = Peer::asking(&app, "channel=room", &[("x-user", "ann")]).await.unwrap();
    peer.hello().await;
    assert_eq!(room.revoke("ann"), 1);
    publish(&room, "1");
    assert_eq!(peer.next().await["data"], json!({"channel": "room", "reason": "revoked"}));
    assert_eq!(peer.next().await["event"], "done");
    assert_eq!(peer.closed().await, 1008);
}

#[tokio::test(start_paused = true)]
async fn a_stranger_is_told_which_channel_is_for_users() {
    let (app, _) = private("end-stranger");
    let mut peer = Peer::open(&app, "").await;
    peer.hello().await;
    peer.say(r#"{"subscribe":["room"]}"#).await;
    peer.hello().await;
    let problem = peer.next().await["data"]["problem"].clone();
    assert_eq!(
        (&problem["status"], &problem["detail"]),
        (&json!(401), &json!("this needs a signed-in user"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_away_says_bye() {
    let (app, a, _) = two("end-bye");
    let mut peer = Peer::open(&app, "channel=a").await;
    peer.hello().await;
    publish(&a, "1");
    app.drain.begin();
    let last = peer.next().await;
    assert_eq!((&last["data"], &last["id"]), (&json!(1), &json!(at(&a, 1))));
    let bye = peer.next().await;
    assert_eq!(bye["event"], "bye");
    assert!((500..3000).contains(&bye["data"]["after"].as_u64().unwrap()), "{bye}");
    assert_eq!(peer.closed().await, 1001);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_leaves_is_answered_with_its_own_code() {
    let (app, a, _) = two("end-client");
    let mut peer = Peer::open(&app, "channel=a").await;
    peer.hello().await;
    let frame = tokio_tungstenite::tungstenite::protocol::CloseFrame {
        code: 4001.into(),
        reason: "enough".into(),
    };
    peer.stream.close(Some(frame)).await.unwrap();
    assert_eq!(peer.closed().await, 4001);
    assert_eq!(a.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_is_gone_leaves_its_seats() {
    let (app, a, _) = two("end-gone");
    let mut peer = Peer::open(&app, "channel=a").await;
    peer.hello().await;
    assert_eq!(a.count(), 1);
    drop(peer);
    sleep(Duration::from_millis(1)).await;
    assert_eq!(a.count(), 0);
}
