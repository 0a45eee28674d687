//! Changes of channels whose guards take their time.

use std::sync::LazyLock;

use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio_stream::StreamExt;
use tokio_tungstenite::tungstenite::Message;

use super::super::Tested;
use super::super::follow::{channels, node};
use super::Peer;
use crate::channel::tests::{declaration, leak, publish};
use crate::channel::{Declaration, Verdict, guard};

/// An app whose channels `slow/…` have a guard that waits for ever, and whose channel `hall` has none.
fn hanging(group: &'static str) -> (Tested, &'static Declaration) {
    let slow =
        Declaration { guard: |_| guard(std::future::pending()), ..declaration(group, "slow/{n}") };
    let open = leak(declaration(group, "hall"));
    (channels([leak(slow), open]), open)
}

async fn subscribe(peer: &mut Peer, channel: &str) {
    peer.say(&json!({ "subscribe": [channel] }).to_string()).await;
}

/// The next message, which refuses a channel; with what.
async fn refused(peer: &mut Peer) -> (Value, Value) {
    let message = peer.next().await;
    assert_eq!(message["data"]["reason"], "refused", "{message}");
    (message["data"]["channel"].clone(), message["data"]["problem"]["status"].clone())
}

#[tokio::test(start_paused = true)]
async fn the_seventeenth_message_that_waits_for_a_guard_is_refused_and_nothing_else_is_held_up() {
    let (app, _) = hanging("guarded-flood");
    let mut peer = Peer::open(&app, "").await;
    peer.hello().await;
    subscribe(&mut peer, "slow/0").await;
    // Its guard is being asked.
    peer.stream.send(Message::Ping("".into())).await.unwrap();
    peer.stream.next().await.unwrap().unwrap();
    for n in 1..20 {
        subscribe(&mut peer, &format!("slow/{n}")).await;
    }
    for n in 17..20 {
        peer.hello().await;
        assert_eq!(refused(&mut peer).await, (json!(format!("slow/{n}")), json!(429)));
    }
    peer.stream.send(Message::Ping("there?".into())).await.unwrap();
    assert_eq!(peer.stream.next().await.unwrap().unwrap(), Message::Pong("there?".into()));
    peer.say(r#"{"call":"no-such-handler","id":"k"}"#).await;
    let told = peer.next().await;
    assert_eq!((&told["call"], &told["data"]["status"]), (&json!("k"), &json!(404)));
}

#[tokio::test(start_paused = true)]
async fn what_is_left_makes_room_at_once_while_a_guard_hangs() {
    let (app, open) = hanging("guarded-left");
    let mut peer = Peer::open(&app, "channel=hall").await;
    peer.hello().await;
    subscribe(&mut peer, "slow/0").await;
    peer.say(r#"{"unsubscribe":["hall"]}"#).await;
    assert_eq!(peer.hello().await["channels"], json!([]));
    assert_eq!(node("hall", open).count(), 0, "left while the guard of another channel hangs");
}

static TURNSTILE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(0));

async fn turn() -> Result<Verdict, crate::error::Error> {
    TURNSTILE.acquire().await.unwrap().forget();
    Ok(Verdict::ALWAYS)
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_is_left_before_its_guard_has_answered_is_not_followed() {
    let slow =
        leak(Declaration { guard: |_| guard(turn()), ..declaration("guarded-before", "slow/{n}") });
    let app = channels([slow]);
    let mut peer = Peer::open(&app, "").await;
    peer.hello().await;
    for channel in ["slow/asked", "slow/waits", "slow/again"] {
        subscribe(&mut peer, channel).await;
    }
    peer.say(r#"{"unsubscribe":["slow/asked","slow/waits","slow/again"]}"#).await;
    assert_eq!(peer.hello().await["channels"], json!([]));
    subscribe(&mut peer, "slow/again").await;
    TURNSTILE.add_permits(2);
    for _ in 0..3 {
        assert_eq!(peer.hello().await["channels"], json!([]));
    }
    assert_eq!(peer.hello().await["channels"], json!(["slow/again"]));
    let counts = ["asked", "waits", "again"].map(|n| node(&format!("slow/{n}"), slow).count());
    assert_eq!(counts, [0, 0, 1]);
    publish(&node("slow/again", slow), "1");
    assert_eq!(peer.next().await["data"], 1);
}
