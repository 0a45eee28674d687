//! What followers of one and of several channels are sent, to the byte.

use axum_core::response::Response;

use super::super::{Tested, field, piece, text};
use super::{at, publish, publish_numbers, two};
use crate::channel::hub;

async fn open(app: &Tested, transport: &str, query: &str) -> Response {
    app.get(&format!("/comet/events?transport={transport}&{query}")).await
}

#[tokio::test(start_paused = true)]
async fn server_sent_events_of_one_channel() {
    let (app, a, _) = two("bytes-sse");
    let mut stream = open(&app, "sse", "channel=a").await;
    assert_eq!(field(&stream, "content-type"), "text/event-stream");
    assert_eq!(field(&stream, "cache-control"), "no-store, no-transform");
    assert_eq!(
        piece(&mut stream).await.unwrap(),
        format!(
            ":\n\nid: {0}\nevent: hello\ndata: {{\"cursor\":\"{0}\",\"heartbeat\":15000,\"channels\":[\"a\"]}}\n\n",
            at(&a, 0)
        )
    );
    publish(&a, r#"{"n":1}"#);
    let one = format!("id: {}\ndata: {{\"n\":1}}\n\n", at(&a, 1));
    assert_eq!(piece(&mut stream).await.unwrap(), one);
    publish(&a, "2");
    publish(&a, "3");
    let two = format!("id: {}\ndata: 2\n\nid: {}\ndata: 3\n\n", at(&a, 2), at(&a, 3));
    assert_eq!(piece(&mut stream).await.unwrap(), two, "all that is pending at once");
    assert_eq!(piece(&mut stream).await.unwrap(), "event: beat\ndata: {}\n\n");
    hub().close(&a);
    let closed = "event: closed\ndata: {\"channel\":\"a\",\"reason\":\"closed\"}\n\n";
    let done = "id: done\nevent: done\ndata: null\n\n";
    assert_eq!(text(stream).await, format!("{closed}{done}"));
}

#[tokio::test(start_paused = true)]
async fn server_sent_events_of_several_channels_are_named_after_them() {
    let (app, a, b) = two("bytes-sse-two");
    let mut stream = open(&app, "sse", "channel=b&channel=a&channel=b").await;
    let hello = piece(&mut stream).await.unwrap();
    let cursor = format!("{}~{}", at(&b, 0), at(&a, 0));
    assert!(hello.starts_with(&format!(":\n\nid: {cursor}\nevent: hello\n")), "{hello}");
    assert!(hello.contains(r#""channels":["b","a"]"#), "a name that is said twice is one: {hello}");
    publish(&a, "1");
    let one = format!("id: {}~{}\nevent: a\ndata: 1\n\n", at(&b, 0), at(&a, 1));
    assert_eq!(piece(&mut stream).await.unwrap(), one);
    publish(&b, "2");
    let two = format!("id: {}~{}\nevent: b\ndata: 2\n\n", at(&b, 1), at(&a, 1));
    assert_eq!(piece(&mut stream).await.unwrap(), two);
}

#[tokio::test(start_paused = true)]
async fn lines_and_frames_of_one_and_of_several_channels() {
    let (app, a, b) = two("bytes-lines");
    for (transport, before, after) in [("ndjson", "", "\n"), ("frame", "<c-f>", "</c-f>\n")] {
        let newest = a.log.newest();
        let mut alone = open(&app, transport, "channel=a").await;
        let mut both = open(&app, transport, "channel=a&channel=b").await;
        let (id, ids) = (at(&a, newest), format!("{}~{}", at(&a, newest), at(&b, 0)));
        for (stream, id, names) in [(&mut alone, id, r#""a""#), (&mut both, ids, r#""a","b""#)] {
            let hello = format!(
                r#"{before}{{"id":"{id}","event":"hello","data":{{"cursor":"{id}","heartbeat":15000,"channels":[{names}]}}}}{after}"#
            );
            let opened = piece(stream).await.unwrap();
            assert!(opened.ends_with(&hello), "{opened} not {hello}");
        }
        publish(&a, "true");
        let rest = format!(r#""channel":"a","event":"message","data":true}}{after}"#);
        let next = at(&a, newest + 1);
        assert_eq!(piece(&mut alone).await.unwrap(), format!(r#"{before}{{"id":"{next}",{rest}"#));
        let ids = format!("{next}~{}", at(&b, 0));
        assert_eq!(piece(&mut both).await.unwrap(), format!(r#"{before}{{"id":"{ids}",{rest}"#));
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_poll_of_one_and_of_several_channels() {
    let (app, a, b) = two("bytes-poll");
    let first = open(&app, "longpoll", "channel=a").await;
    assert_eq!(field(&first, "content-type"), "application/json");
    assert_eq!(field(&first, "cache-control"), "no-store, no-transform");
    assert_eq!(text(first).await, format!(r#"{{"events":[],"cursor":"{}"}}"#, at(&a, 0)));
    let since = format!("channel=a&cursor={}", at(&a, 0));
    publish(&a, "1");
    let event = |id: &str, channel, data| {
        format!(r#"{{"id":"{id}","channel":"{channel}","event":"message","data":{data}}}"#)
    };
    let (one, two) = (event(&at(&a, 1), "a", 1), event(&at(&a, 2), "a", 2));
    let expected = format!(r#"{{"events":[{one}],"cursor":"{}"}}"#, at(&a, 1));
    assert_eq!(text(open(&app, "longpoll", &since).await).await, expected);
    publish(&a, "2");
    let expected = format!(r#"{{"events":[{one},{two}],"cursor":"{}"}}"#, at(&a, 2));
    assert_eq!(text(open(&app, "json", &since).await).await, expected);
    publish(&b, "3");
    let both = format!("channel=a&channel=b&cursor={}~{}", at(&b, 0), at(&a, 1));
    let ids = [format!("{}~{}", at(&a, 2), at(&b, 0)), format!("{}~{}", at(&a, 2), at(&b, 1))];
    let (two, three) = (event(&ids[0], "a", 2), event(&ids[1], "b", 3));
    let expected = format!(r#"{{"events":[{two},{three}],"cursor":"{}"}}"#, ids[1]);
    assert_eq!(text(open(&app, "longpoll", &both).await).await, expected);
}

#[tokio::test(start_paused = true)]
async fn a_gap_says_what_is_gone_what_to_do_and_where_the_stream_is_then() {
    let (app, a, _) = two("bytes-gap");
    publish_numbers(&a, 1..=10);
    let query = format!("channel=a&cursor={}", at(&a, 0));
    let stream = piece(&mut open(&app, "ndjson", &query).await).await.unwrap();
    let gap = format!(
        r#"{{"id":"{}","event":"gap","data":{{"channel":"a","from":1,"to":3,"reason":"trimmed","on_gap":"snapshot"}}}}"#,
        at(&a, 2)
    );
    assert_eq!(stream.lines().nth(1), Some(gap.as_str()));
}
