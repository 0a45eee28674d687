//! Streams: where they begin, how they go on, how they end.

use http::StatusCode;
use serde_json::Value;

use super::super::{Tested, piece, text};
use super::{at, publish, publish_numbers, two};
use crate::channel::hub;

/// What a stream of lines has said so far, in short: events, and the data of messages.
async fn said(app: &Tested, query: &str, cursor: Option<&str>) -> Vec<String> {
    let mut stream = app.lines(&format!("/comet/events?{query}"), cursor).await;
    assert_eq!(stream.status(), StatusCode::OK);
    // What is there already comes with the first bytes or right after them.
    let mut lines = piece(&mut stream).await.unwrap();
    app.drain.begin();
    lines.push_str(&text(stream).await);
    let messages = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let short = messages.map(|message| match message["event"].as_str().unwrap() {
        "message" => message["data"].to_string(),
        "gap" => format!("gap {}", message["data"]["reason"].as_str().unwrap()),
        event => event.to_owned(),
    });
    short.collect()
}

#[tokio::test(start_paused = true)]
async fn a_stream_begins_now_or_with_history_or_after_its_cursor() {
    let gone = "4fzzzxjykrx1kjq7bnt0xq3m2c.7";
    let (_, a, _) = two("streams-begin");
    publish_numbers(&a, 1..=3);
    for (query, header, wanted) in [
        ("", None, "hello bye"),
        ("&history=2", None, "hello 2 3 bye"),
        ("&history=0", None, "hello bye"),
        ("&cursor=1", None, "hello bye"),
        ("&cursor=@1", None, "hello 2 3 bye"),
        ("", Some("@2"), "hello 3 bye"),
        ("&cursor=@0", Some("@2"), "hello 3 bye"),
        ("&cursor=@2", Some("nonsense"), "hello 3 bye"),
        ("&cursor=@2", Some(""), "hello 3 bye"),
        ("&cursor=@2&history=3", None, "hello 3 bye"),
        ("&cursor=@999", None, "hello bye"),
        ("", Some(gone), "hello gap epoch 1 2 3 bye"),
        ("&history=1", Some(gone), "hello gap epoch 1 2 3 bye"),
    ] {
        let (app, ..) = two("streams-begin");
        let fill = |text: &str| text.replace('@', &at(&a, 0).replace(".0", "."));
        let header = header.map(fill);
        let said = said(&app, &fill(&format!("channel=a{query}")), header.as_deref()).await;
        assert_eq!(said.join(" "), wanted, "{query} {header:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_position_is_told_once_wherever_the_connection_breaks() {
    let (app, a, b) = two("streams-epoch");
    publish(&a, "1");
    publish(&b, "2");
    let both = "/comet/events?channel=a&channel=b";
    let gone = "4fzzzxjykrx1kjq7bnt0xq3m2c.7";
    let mut stream = app.lines(both, Some(gone)).await;
    let mut lines = String::new();
    while lines.lines().count() < 5 {
        lines.push_str(&piece(&mut stream).await.unwrap());
    }
    let messages: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // Whatever was the last that arrived: together with what it comes back to, each channel's gap is told once.
    for arrived in 1..=messages.len() {
        let cursor = messages[arrived - 1]["id"].as_str().unwrap();
        let mut again = app.lines(&format!("{both}&history=9"), Some(cursor)).await;
        let mut rest = String::new();
        while rest.lines().count() < 1 + messages.len() - arrived {
            rest.push_str(&piece(&mut again).await.unwrap());
        }
        let rest: Vec<Value> =
            rest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut told: Vec<_> = messages[1..arrived].iter().chain(&rest[1..]).map(brief).collect();
        told.sort();
        assert_eq!(told, ["1", "2", "gap a", "gap b"], "after {arrived}");
    }
}

fn brief(message: &Value) -> String {
    match message["event"].as_str().unwrap() {
        "gap" => format!("gap {}", message["data"]["channel"].as_str().unwrap()),
        _ => message["data"].to_string(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_until_its_last_channel_has_closed() {
    let (app, a, b) = two("streams-closed");
    let mut stream = app.lines("/comet/events?channel=a&channel=b", None).await;
    piece(&mut stream).await.unwrap();
    hub().close(&a);
    let closed = r#"{"event":"closed","data":{"channel":"a","reason":"closed"}}"#;
    assert_eq!(piece(&mut stream).await.unwrap().trim(), closed);
    publish(&b, "1");
    assert!(piece(&mut stream).await.unwrap().contains(r#""data":1}"#));
    hub().close(&b);
    let rest = text(stream).await;
    let last: Vec<_> = rest.lines().collect();
    assert_eq!(last[0], closed.replace(r#""a""#, r#""b""#));
    assert_eq!(last[1], r#"{"id":"done","event":"done","data":null}"#);
    assert_eq!(last.len(), 2);
    let after = app.lines("/comet/events?channel=a&channel=b", Some("done")).await;
    assert_eq!(after.status(), StatusCode::NO_CONTENT, "an `EventSource` stops");
}

#[tokio::test(start_paused = true)]
async fn a_drain_says_what_there_is_and_then_bye() {
    let (app, a, _) = two("streams-drain");
    let mut stream = app.lines("/comet/events?channel=a", None).await;
    piece(&mut stream).await.unwrap();
    publish(&a, "1");
    app.drain.begin();
    let rest = text(stream).await;
    let events: Vec<Value> = rest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events[0]["data"], 1);
    assert_eq!(events[1]["event"], "bye");
    assert!((500..3_000).contains(&events[1]["data"]["after"].as_u64().unwrap()));
    assert_eq!(events.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_goes_leaves_its_seats() {
    let (app, a, b) = two("streams-seats");
    let stream = app.lines("/comet/events?channel=a&channel=b", None).await;
    let other = app.lines("/comet/events?channel=a", None).await;
    assert_eq!((a.count(), b.count()), (2, 1));
    drop(stream);
    assert_eq!((a.count(), b.count()), (1, 0));
    drop(other);
    assert_eq!((a.count(), b.count()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_drain_does_not_gather_a_whole_history_for_each_reader() {
    let (app, a, _) = two("streams-drain-long");
    let mut stream = app.lines("/comet/events?channel=a", None).await;
    piece(&mut stream).await.unwrap();
    let long = format!("\"{}\"", "x".repeat(60_000));
    for _ in 0..8 {
        publish(&a, &long);
    }
    app.drain.begin();
    let rest = text(stream).await;
    assert!(rest.len() < 130_000, "{} bytes", rest.len());
    let said: Vec<Value> = rest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (bye, events) = said.split_last().unwrap();
    assert_eq!((bye["event"].as_str(), events.len()), (Some("bye"), 2));
    let cursor = events[1]["id"].as_str().unwrap();
    assert_eq!(cursor, at(&a, 2), "whoever comes back gets the rest");
}
