//! Channels taken up and left while the connection goes on.

use futures_util::SinkExt;
use serde_json::json;
use tokio_stream::StreamExt;
use tokio_tungstenite::tungstenite::Message;

use super::super::follow::{at, channels, node, two};
use super::Peer;
use crate::channel::tests::{declaration, leak, publish, publish_numbers};
use crate::channel::{Declaration, guard, hub};
use crate::error::Error;

#[tokio::test(start_paused = true)]
async fn channels_come_and_go() {
    let (app, a, b) = two("changes-come-and-go");
    publish_numbers(&b, 1..=3);
    let mut peer = Peer::open(&app, "").await;
    assert_eq!(
        peer.text().await,
        r#"{"event":"hello","data":{"cursor":"","heartbeat":15000,"channels":[]}}"#
    );
    peer.say(r#"{"subscribe":["a"]}"#).await;
    assert_eq!(peer.hello().await["channels"], json!(["a"]));
    peer.say(r#"{"subscribe":["b","a"],"history":2}"#).await;
    let hello = peer.hello().await;
    assert_eq!(hello["channels"], json!(["a", "b"]));
    assert_eq!(hello["cursor"], format!("{}~{}", at(&a, 0), at(&b, 1)));
    assert_eq!(peer.next().await["data"], 2);
    assert_eq!(peer.next().await["data"], 3);
    publish(&a, "1");
    assert_eq!(peer.next().await["id"], format!("{}~{}", at(&a, 1), at(&b, 3)));
    peer.say(r#"{"unsubscribe":["a","never"]}"#).await;
    let hello = peer.hello().await;
    assert_eq!((&hello["channels"], &hello["cursor"]), (&json!(["b"]), &json!(at(&b, 3))));
    assert_eq!(a.count(), 0);
    publish(&a, "2");
    publish(&b, "4");
    let last = peer.next().await;
    assert_eq!((&last["data"], &last["id"]), (&json!(4), &json!(at(&b, 4))));
}

#[tokio::test(start_paused = true)]
async fn a_subscription_goes_on_from_its_cursor() {
    let (app, a, b) = two("changes-cursor");
    publish_numbers(&a, 1..=2);
    publish_numbers(&b, 1..=2);
    let mut peer = Peer::open(&app, "channel=a").await;
    peer.hello().await;
    // The cursor of a client that has positions in what it follows already, too.
    let cursor = format!("{}~{}", at(&a, 2), at(&b, 1));
    peer.say(&format!(r#"{{"subscribe":["b"],"cursor":"{cursor}"}}"#)).await;
    assert_eq!(peer.hello().await["cursor"], cursor);
    assert_eq!(peer.next().await["data"], 2);
}

#[tokio::test(start_paused = true)]
async fn a_refused_channel_does_not_end_the_others() {
    let denied = Declaration {
        guard: |_| guard(async { Err(Error::new(http::StatusCode::FORBIDDEN, "not yours")) }),
        ..declaration("changes-refused", "denied")
    };
    let hall = leak(declaration("changes-refused", "hall"));
    let app = channels([hall, leak(denied)]);
    let mut peer = Peer::open(&app, "channel=denied&channel=hall&channel=no").await;
    assert_eq!(peer.hello().await["channels"], json!(["hall"]));
    let refused = |channel: &str, status: u16, title: &str, detail: &str| {
        json!({"event": "closed", "data": {"channel": channel, "reason": "refused", "problem":
            {"type": "about:blank", "title": title, "status": status, "detail": detail}}})
    };
    assert_eq!(peer.next().await, refused("denied", 403, "Forbidden", "not yours"));
    assert_eq!(peer.next().await, refused("no", 404, "Not Found", "there is no channel `no`"));
    peer.say(r#"{"subscribe":["../x"]}"#).await;
    peer.hello().await;
    assert_eq!(peer.next().await["data"]["problem"]["status"], 400);
    publish(&node("hall", hall), "1");
    assert_eq!(peer.next().await["data"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_connection_follows_64_channels() {
    let declaration = leak(declaration("changes-many", "n/{n}"));
    let app = channels([declaration]);
    let query: Vec<_> = (0..63).map(|n| format!("channel=n/{n}")).collect();
    let mut peer = Peer::open(&app, &query.join("&")).await;
    assert_eq!(peer.hello().await["channels"].as_array().unwrap().len(), 63);
    peer.say(r#"{"subscribe":["n/63","n/64"]}"#).await;
    assert_eq!(peer.hello().await["channels"].as_array().unwrap().len(), 64);
    let refused = peer.next().await;
    assert_eq!(refused["data"]["channel"], "n/64");
    assert_eq!(refused["data"]["problem"]["detail"], "a connection follows at most 64 channels");
    let names: Vec<_> = (0..65).map(|n| format!("n/{n}")).collect();
    peer.say(&json!({ "subscribe": names }).to_string()).await;
    let error = peer.next().await;
    assert_eq!(error["event"], "error");
    assert_eq!(error["data"]["detail"], "a message names at most 64 channels, not 65");
    assert_eq!(peer.closed().await, 1008);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_makes_no_sense_is_told_and_ends_the_connection() {
    let (app, ..) = two("changes-nonsense");
    for (message, detail) in [
        ("nonsense", "the message does not fit: expected ident at line 1 column 2"),
        ("[]", "the message does not fit: "),
        ("{}", "a message has one of `subscribe`, `unsubscribe`, `call` and `cancel`"),
        (r#"{"subscribe":["a"],"cancel":"k"}"#, "a message has one of "),
        (r#"{"subscribe":"a"}"#, "the message does not fit: invalid type: string \"a\""),
        (r#"{"subscribe":[]}"#, "the list of channels is empty"),
        (r#"{"subscribed":["a"]}"#, "the message does not fit: unknown field `subscribed`"),
        (r#"{"call":"x"}"#, "a call has an `id` of 1 to 64 letters"),
        (r#"{"call":"x","id":"a b"}"#, "a call has an `id` of 1 to 64 letters"),
    ] {
        let mut peer = Peer::open(&app, "channel=a").await;
        peer.hello().await;
        peer.say(message).await;
        let error = peer.next().await;
        assert_eq!((&error["event"], &error["data"]["status"]), (&json!("error"), &json!(400)));
        let told = error["data"]["detail"].as_str().unwrap();
        assert!(told.starts_with(detail), "{message}: {told}");
        assert_eq!(peer.closed().await, 1008);
    }
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_has_ended_can_be_followed_again_on_the_same_connection() {
    let (app, a, b) = two("changes-again");
    let mut peer = Peer::open(&app, "channel=a&channel=b").await;
    peer.hello().await;
    publish(&a, "1");
    let last = peer.next().await["id"].as_str().unwrap().to_owned();
    hub().close(&a);
    assert_eq!(peer.next().await["data"]["reason"], "closed");
    let anew = node("a", a.declaration);
    publish(&anew, "2");
    peer.say(&format!(r#"{{"subscribe":["a"],"cursor":"{last}"}}"#)).await;
    assert_eq!(peer.hello().await["channels"], json!(["b", "a"]));
    let gap = peer.next().await;
    assert_eq!((&gap["event"], &gap["data"]["reason"]), (&json!("gap"), &json!("epoch")));
    assert_eq!(peer.next().await["data"], 2);
    publish(&b, "3");
    assert_eq!(peer.next().await["data"], 3);
}

#[tokio::test(start_paused = true)]
async fn a_storm_of_changes_leaves_what_the_last_one_says() {
    let (app, a, b) = two("changes-storm");
    let Peer { stream, .. } = Peer::open(&app, "").await;
    let (mut write, mut read) = futures_util::StreamExt::split(stream);
    let storm = async {
        for _ in 0..500 {
            for change in [r#"{"subscribe":["a","b"]}"#, r#"{"unsubscribe":["b"]}"#] {
                write.send(Message::text(change)).await.unwrap();
            }
        }
    };
    let hellos = async {
        let mut last = String::new();
        for _ in 0..1_001 {
            last = read.next().await.unwrap().unwrap().into_text().unwrap().to_string();
        }
        last
    };
    let ((), last) = tokio::join!(storm, hellos);
    assert!(last.contains(r#""channels":["a"]"#), "{last}");
    assert_eq!((a.count(), b.count()), (1, 0));
}
