//! A page carries the position at which its data was read: what happens until its browser connects comes after it, or a
//! gap says that it is gone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod interleavings;
mod names;

use std::collections::BTreeMap;
use std::time::Duration;

use comet::test::TestApp;
use comet::{App, Live, channel};
use serde_json::Value;
use tokio::time::{sleep, timeout};

/// A value at a place of a board.
#[channel("boards/{board}", board: u64, history = 8, on_gap = snapshot, public, group = "first-paint")]
#[derive(Clone, Copy, Debug, serde::Serialize)]
struct Put {
    place: u64,
    value: u64,
}

/// Nothing is kept of it beyond a short absence.
#[channel("brief/{name}", name: u64, public, group = "first-paint")]
#[derive(serde::Serialize)]
struct Brief(u64);

fn app() -> TestApp {
    TestApp::new(App::from_group("first-paint")).unwrap()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transport {
    Stream,
    Poll,
}

/// What comes after a position, as far as it is there.
async fn after(app: &TestApp, transport: Transport, lives: &[Live]) -> Vec<(String, Value)> {
    let channels: Vec<_> = lives.iter().map(|live| format!("channel={}", live.channel())).collect();
    let cursors: Vec<_> = lives.iter().map(|live| live.cursor().to_string()).collect();
    let query = format!("{}&cursor={}", channels.join("&"), cursors.join("~"));
    match transport {
        Transport::Poll => {
            let path = format!("/comet/events?transport=longpoll&timeout=1&{query}");
            let reply: Value = app.get(path).await.json().await.unwrap();
            let events = reply["events"].as_array().unwrap().iter();
            let named = |event: &Value| event["event"].as_str().unwrap().to_owned();
            events.map(|event| (named(event), event["data"].clone())).collect()
        }
        Transport::Stream => {
            let mut stream = app.get(format!("/comet/events?{query}")).await;
            let mut got = Vec::new();
            while let Ok(Some(message)) = timeout(Duration::from_millis(1), stream.next()).await {
                got.push((message.event, message.data));
            }
            assert_eq!(got.remove(0).0, "hello");
            got
        }
    }
}

async fn put(board: u64, values: std::ops::RangeInclusive<u64>) {
    for value in values {
        Put::channel(board).publish(&Put { place: 0, value }).await.unwrap();
    }
}

fn values(events: &[(String, Value)]) -> Vec<u64> {
    let messages = events.iter().filter(|(event, _)| event == "message");
    messages.map(|(_, data)| data["value"].as_u64().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn what_happens_between_the_page_and_its_connection_comes_once() {
    let app = app();
    for (board, transport) in [(1, Transport::Stream), (2, Transport::Poll)] {
        for published in [0, 1, 5, 8] {
            put(board, 100..=103).await;
            let live = Put::channel(board).live();
            put(board, 1..=published).await;
            let got = after(&app, transport, &[live]).await;
            assert_eq!(got.len() as u64, published, "{transport:?}: {got:?}");
            assert_eq!(values(&got), (1..=published).collect::<Vec<_>>());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_history_no_longer_has_is_a_gap() {
    let app = app();
    for (board, transport) in [(3, Transport::Stream), (4, Transport::Poll)] {
        let live = Put::channel(board).live();
        put(board, 1..=12).await;
        let got = after(&app, transport, &[live]).await;
        let (event, gap) = &got[0];
        assert_eq!((event.as_str(), &gap["from"], &gap["to"]), ("gap", &1.into(), &5.into()));
        assert_eq!(gap["on_gap"], "snapshot");
        assert_eq!(values(&got), (5..=12).collect::<Vec<_>>());
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_on_its_way_finds_its_channel_again() {
    let app = app();
    let lives = [Put::channel(5).live(), Brief::channel(5).live()];
    for nth in 0..5_000 {
        Brief::channel(100 + nth);
    }
    sleep(Duration::from_secs(59)).await;
    for nth in 5_000..10_000 {
        Brief::channel(100 + nth);
    }
    Brief::channel(5).publish(&Brief(1)).await.unwrap();
    let got = after(&app, Transport::Stream, &lives).await;
    assert_eq!(got, [("message".to_owned(), 1.into())]);
}

#[tokio::test(start_paused = true)]
async fn several_channels_go_on_each_from_its_own_position() {
    let app = app();
    put(6, 1..=3).await;
    let six = Put::channel(6).live();
    put(6, 4..=4).await;
    let seven = Put::channel(7).live();
    put(7, 5..=6).await;
    for transport in [Transport::Stream, Transport::Poll] {
        let got = after(&app, transport, &[seven.clone(), six.clone()]).await;
        let mut values = values(&got);
        values.sort_unstable();
        assert_eq!(values, [4, 5, 6], "{transport:?}");
    }
}
