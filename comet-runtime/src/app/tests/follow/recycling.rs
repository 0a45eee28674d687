//! Streams that end themselves, and the clients that begin them anew.

use std::time::Duration;

use tokio::time::Instant;

use super::super::{Tested, piece, text};
use super::{declaration, leak, node, publish};
use crate::app::tests::plan;
use crate::config::Config;
use crate::log::Cursor;

const BYE: &str = "{\"event\":\"bye\",\"data\":{\"after\":1}}";

/// An app with the channel `a`.
fn app(group: &'static str, config: Config) -> (Tested, std::sync::Arc<crate::channel::Node>) {
    let channel = leak(declaration(group, "a"));
    let mut plan = plan([]);
    plan.channels = vec![channel];
    (Tested::with(plan, config), node("a", channel))
}

/// What there is between the elements of a frame, or a line.
fn messages(text: &str) -> Vec<serde_json::Value> {
    let text = text.rsplit_once("-->\n").map_or(text, |(_, elements)| elements);
    let plain = text.replace("<c-f>", "").replace("</c-f>", "");
    plain.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_frame_ends_after_the_message_that_reaches_its_bytes_and_goes_on_without_loss() {
    let config = Config { frame_bytes: 16 << 10, ..Config::default() };
    let (app, a) = app("recycle-bytes", config);
    let open = |cursor: String| {
        let app = app.clone();
        async move { app.get(&format!("/comet/events?channel=a&transport=frame{cursor}")).await }
    };
    let mut frame = open(String::new()).await;
    piece(&mut frame).await.unwrap();
    let payload = format!("\"{}\"", "x".repeat(4000));
    let mut sent = 0;
    while sent < 16 << 10 {
        publish(&a, &payload);
        let element = piece(&mut frame).await.unwrap();
        assert!(element.contains("xxx"));
        sent += element.len();
    }
    assert!(sent - (16 << 10) < 4200, "it is the message that reaches the limit");
    // What comes now is for the next one.
    publish(&a, "7");
    assert_eq!(text(frame).await, format!("<c-f>{BYE}</c-f>\n"));
    let last = Cursor::after(a.log.epoch(), a.log.newest() - 1);
    let mut again = open(format!("&cursor={last}")).await;
    let mut said = messages(&piece(&mut again).await.unwrap());
    if said.len() == 1 {
        said.extend(messages(&piece(&mut again).await.unwrap()));
    }
    assert_eq!((&said[0]["event"], &said[1]["data"]), (&"hello".into(), &7.into()));
}

#[tokio::test(start_paused = true)]
async fn one_byte_less_is_not_the_limit() {
    let (app, a) = app("recycle-exact", Config { stream_bytes: 16 << 10, ..Config::default() });
    let mut probe = app.lines("/comet/events?channel=a", None).await;
    piece(&mut probe).await.unwrap();
    publish(&a, "0");
    let around = piece(&mut probe).await.unwrap().len() - 1;
    drop(probe);
    for (less, ends) in [(1, false), (0, true)] {
        let mut stream = app.lines("/comet/events?channel=a", None).await;
        piece(&mut stream).await.unwrap();
        let digits = (16 << 10) - around - less;
        publish(&a, &"1".repeat(digits));
        assert_eq!(piece(&mut stream).await.unwrap().len(), (16 << 10) - less);
        let next = piece(&mut stream).await.unwrap();
        assert_eq!(next == format!("{BYE}\n"), ends, "{next}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_frame_ends_at_its_age_and_other_streams_do_not() {
    let (app, _) = app("recycle-age", Config::default());
    let frame = app.get("/comet/events?channel=a&transport=frame").await;
    let since = Instant::now();
    let said = messages(&text(frame).await);
    assert_eq!(since.elapsed(), Duration::from_secs(600));
    let (last, before) = said.split_last().unwrap();
    assert_eq!(last.to_string(), "{\"data\":{\"after\":1},\"event\":\"bye\"}");
    assert!(before[1..].iter().all(|message| message["event"] == "beat"), "{before:?}");
    let mut lines = app.lines("/comet/events?channel=a", None).await;
    while since.elapsed() < Duration::from_secs(3600) {
        assert!(!piece(&mut lines).await.unwrap().contains("bye"));
    }
}

#[tokio::test(start_paused = true)]
async fn the_app_says_how_old_other_streams_get() {
    let config = Config { stream_age: Duration::from_secs(40), ..Config::default() };
    let (app, _) = app("recycle-other", config);
    for transport in ["sse", "ndjson", "multipart"] {
        let since = Instant::now();
        let stream = app.get(&format!("/comet/events?channel=a&transport={transport}")).await;
        assert!(text(stream).await.contains("bye"));
        assert_eq!(since.elapsed(), Duration::from_secs(40), "{transport}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_asks_for_less_and_not_for_more() {
    let (app, a) = app("recycle-asked", Config { stream_bytes: 32 << 10, ..Config::default() });
    for (asked, expected) in
        [("", 32), ("&recycle=20480", 20), ("&recycle=1", 16), ("&recycle=9999999", 32)]
    {
        let mut stream = app.lines(&format!("/comet/events?channel=a{asked}"), None).await;
        piece(&mut stream).await.unwrap();
        let mut sent = 0;
        loop {
            publish(&a, &"1".repeat(900));
            let line = piece(&mut stream).await.unwrap();
            if line.contains("bye") {
                break;
            }
            sent += line.len();
        }
        assert_eq!(sent / 1024, expected, "{asked}: {sent}");
    }
    let wrong = app.get("/comet/events?channel=a&recycle=soon").await;
    assert!(text(wrong).await.contains("`recycle` is a number"));
}
