//! Silence on either side.

use std::time::Duration;

use futures_util::SinkExt;
use tokio::time::{Instant, advance, sleep};
use tokio_stream::StreamExt;
use tokio_tungstenite::tungstenite::Message;

use super::super::follow::two;
use super::Peer;
use crate::channel::tests::publish;

const HEARTBEAT: Duration = Duration::from_secs(15);

#[tokio::test(start_paused = true)]
async fn a_server_with_nothing_to_say_beats_and_pings() {
    let (app, a, _) = two("life-beats");
    let mut peer = Peer::open(&app, "channel=a").await;
    peer.hello().await;
    let since = Instant::now();
    sleep(HEARTBEAT * 2 / 3).await;
    publish(&a, "1");
    peer.next().await;
    let mut said = Vec::new();
    while said.len() < 3 {
        said.push((peer.stream.next().await.unwrap().unwrap(), since.elapsed().as_secs()));
    }
    let beat = Message::text(r#"{"event":"beat","data":{}}"#);
    let ping = Message::Ping(Vec::new().into());
    assert_eq!(said, [(ping.clone(), 15), (beat.clone(), 25), (ping, 30)]);
}

#[tokio::test(start_paused = true)]
async fn a_silent_client_is_closed_after_three_heartbeats_and_one_that_pongs_is_not() {
    let (app, a, _) = two("life-silent");
    let mut silent = Peer::open(&app, "channel=a").await;
    silent.hello().await;
    let mut alive = Peer::open(&app, "channel=a").await;
    let alive = tokio::spawn(async move {
        let mut beats = 0;
        while beats < 8 {
            beats += u32::from(alive.next().await["event"] == "beat");
        }
        alive
    });
    sleep(HEARTBEAT * 3 - Duration::from_millis(1)).await;
    assert_eq!(a.count(), 2);
    sleep(Duration::from_millis(2)).await;
    assert_eq!(a.count(), 1, "no pong in three heartbeats");
    drop(alive.await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_ping_is_answered_and_a_flood_of_them_by_one_answer() {
    let (app, ..) = two("life-pings");
    let mut peer = Peer::open(&app, "channel=a").await;
    peer.hello().await;
    peer.stream.send(Message::Ping("one".into())).await.unwrap();
    assert_eq!(peer.stream.next().await.unwrap().unwrap(), Message::Pong("one".into()));
    let before = peer.writes();
    for n in 0..100 {
        peer.stream.feed(Message::Ping(format!("{n}").into())).await.unwrap();
    }
    peer.stream.flush().await.unwrap();
    advance(Duration::from_millis(1)).await;
    let mut last = peer.stream.next().await.unwrap().unwrap();
    while last != Message::Pong("99".into()) {
        last = peer.stream.next().await.unwrap().unwrap();
    }
    assert!(peer.writes() - before < 10);
}

#[tokio::test(start_paused = true)]
async fn a_ping_is_answered_at_once() {
    let (app, ..) = two("life-ping");
    let mut peer = Peer::open(&app, "channel=a").await;
    peer.hello().await;
    let since = Instant::now();
    for payload in ["", "are you there"] {
        peer.stream.send(Message::Ping(payload.into())).await.unwrap();
        let answer = peer.stream.next().await.unwrap().unwrap();
        assert_eq!(answer, Message::Pong(payload.into()));
    }
    assert_eq!(since.elapsed(), Duration::ZERO, "nothing else has to happen first");
}
