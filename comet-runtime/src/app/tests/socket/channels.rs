use serde_json::json;

use super::super::follow::{at, channels, node, two};
use super::super::text;
use super::Peer;
use crate::channel::tests::{declaration, leak, publish, publish_numbers};
use crate::channel::{Declaration, Slow};

#[tokio::test(start_paused = true)]
async fn a_frame_says_what_a_line_of_ndjson_says() {
    let (app, a, b) = two("socket-lines");
    publish_numbers(&a, 1..=3);
    publish(&b, "\"x\"");
    let queries = [("channel=a&history=9", 4), ("channel=a&channel=b&history=9", 5)];
    let mut said = Vec::new();
    for (query, messages) in queries {
        let mut peer = Peer::open(&app, query).await;
        for _ in 0..messages {
            said.push(peer.text().await);
        }
    }
    app.drain.begin();
    let mut lines = Vec::new();
    for (query, messages) in queries {
        let all = text(app.lines(&format!("/comet/events?{query}"), None).await).await;
        lines.extend(all.lines().take(messages).map(str::to_owned));
    }
    assert_eq!(said, lines);
}

#[tokio::test(start_paused = true)]
async fn all_that_waits_goes_out_in_one_write() {
    let (app, a, b) = two("socket-writes");
    let mut peer = Peer::open(&app, "channel=a&channel=b").await;
    peer.hello().await;
    let before = peer.writes();
    publish_numbers(&a, 1..=8);
    publish_numbers(&b, 1..=8);
    for _ in 0..16 {
        assert_eq!(peer.next().await["event"], "message");
    }
    assert_eq!(peer.writes() - before, 1);
}

#[tokio::test(start_paused = true)]
async fn one_cursor_goes_from_transport_to_transport() {
    let (app, a, b) = two("socket-resume");
    publish_numbers(&a, 1..=2);
    let after = format!("{}~{}", at(&a, 1), at(&b, 0));
    let mut peer = Peer::open(&app, &format!("channel=a&channel=b&cursor={after}")).await;
    assert_eq!(
        peer.hello().await,
        json!({"cursor": after, "heartbeat": 15000, "channels": ["a", "b"]})
    );
    assert_eq!(peer.next().await["data"], 2);
    publish(&b, "1");
    let cursor = peer.next().await["id"].as_str().unwrap().to_owned();
    assert_eq!(cursor, format!("{}~{}", at(&a, 2), at(&b, 1)));
    drop(peer);
    publish(&a, "3");
    app.drain.begin();
    let path = "/comet/events?transport=sse&channel=a&channel=b";
    let request = http::Request::get(path).header("last-event-id", &cursor);
    let said = text(app.send(request, "").await).await;
    let data: Vec<_> = said.lines().filter(|line| line.starts_with("data: ")).collect();
    assert_eq!(data[1], "data: 3", "{said}");
}

#[tokio::test(start_paused = true)]
async fn the_header_counts_as_a_cursor_here_as_well() {
    let (app, a, _) = two("socket-header");
    publish_numbers(&a, 1..=2);
    let fields = [("last-event-id", &*at(&a, 1))];
    let mut peer = Peer::asking(&app, "channel=a", &fields).await.unwrap();
    assert_eq!(peer.hello().await["cursor"], at(&a, 1));
    assert_eq!(peer.next().await["data"], 2);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_is_too_slow_gets_a_gap_or_is_cut() {
    for (group, slow) in [("socket-gap", Slow::Gap), ("socket-cut", Slow::Cut)] {
        let declaration = leak(Declaration { slow, ..declaration(group, "a") });
        let (app, a) = (channels([declaration]), node("a", declaration));
        let mut peer = Peer::open(&app, "channel=a").await;
        peer.hello().await;
        // More than network and socket hold, so that the reader stands still while its channel goes on.
        let long = format!("\"{}\"", "x".repeat(30_000));
        for _ in 0..30 {
            publish(&a, &long);
            tokio::task::yield_now().await;
        }
        let mut last = peer.next().await;
        while last["event"] == "message" {
            last = peer.next().await;
        }
        if slow == Slow::Gap {
            let what = (&last["event"], &last["data"]["reason"]);
            assert_eq!(what, (&json!("gap"), &json!("trimmed")));
        } else {
            assert_eq!(last["data"], json!({"channel": "a", "reason": "slow"}));
            assert_eq!(peer.closed().await, 1013);
        }
    }
}
