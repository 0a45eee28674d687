//! Long polls: when they are answered, and with what.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{at, polled, publish, publish_numbers, two};
use crate::channel::hub;

/// The data of a reply's events.
fn data(reply: &Value) -> Vec<&Value> {
    reply["events"].as_array().unwrap().iter().map(|event| &event["data"]).collect()
}

#[tokio::test(start_paused = true)]
async fn who_comes_for_the_first_time_is_answered_at_once() {
    let (app, a, b) = two("polls-first");
    let since = Instant::now();
    for query in
        ["channel=a", "channel=a&history=5", "channel=a&cursor=nonsense", "channel=a&cursor="]
    {
        assert_eq!(
            polled(&app, query).await,
            json!({"events": [], "cursor": at(&a, 0)}),
            "{query}"
        );
    }
    let with_one_more = format!("channel=a&channel=b&cursor={}", at(&a, 0));
    let cursor = format!("{}~{}", at(&a, 0), at(&b, 0));
    assert_eq!(polled(&app, &with_one_more).await, json!({"events": [], "cursor": cursor}));
    assert_eq!(since.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn history_comes_with_the_first_reply() {
    let (app, a, _) = two("polls-history");
    publish_numbers(&a, 1..=10);
    for (history, first) in [(1, 10), (3, 8), (8, 3), (9_999, 3)] {
        let reply = polled(&app, &format!("channel=a&history={history}")).await;
        assert_eq!(data(&reply), (first..=10).collect::<Vec<_>>(), "{history}");
        assert_eq!(reply["cursor"], at(&a, 10));
    }
    let known = polled(&app, &format!("channel=a&history=5&cursor={}", at(&a, 9))).await;
    assert_eq!(data(&known), [10], "a position says more than a wish");
}

#[tokio::test(start_paused = true)]
async fn who_has_a_position_waits_and_is_answered_with_what_comes() {
    let (app, a, b) = two("polls-waits");
    let since = Instant::now();
    let cursor = format!("{}~{}", at(&a, 0), at(&b, 0));
    let query = format!("channel=a&channel=b&cursor={cursor}");
    let waiting = tokio::spawn({
        let app = app.clone();
        async move { polled(&app, &query).await }
    });
    sleep(Duration::from_secs(7)).await;
    assert_eq!((a.count(), b.count()), (1, 1));
    publish(&b, "1");
    let reply = waiting.await.unwrap();
    assert_eq!(reply["cursor"], format!("{}~{}", at(&a, 0), at(&b, 1)));
    assert_eq!(data(&reply), [1]);
    assert_eq!(since.elapsed(), Duration::from_secs(7));
    assert_eq!((a.count(), b.count()), (0, 0), "nobody is there between two polls");
}

#[tokio::test(start_paused = true)]
async fn nothing_within_the_hold_time_is_no_event_and_the_same_cursor() {
    let (app, a, _) = two("polls-hold");
    for (timeout, seconds) in [("", 25), ("&timeout=3000", 3), ("&timeout=99999999", 60)] {
        let since = Instant::now();
        let reply = polled(&app, &format!("channel=a&cursor={}{timeout}", at(&a, 0))).await;
        assert_eq!(reply, json!({"events": [], "cursor": at(&a, 0)}));
        assert_eq!(since.elapsed(), Duration::from_secs(seconds), "{timeout}");
    }
}

#[tokio::test(start_paused = true)]
async fn asking_twice_gives_the_same_twice() {
    let (app, a, _) = two("polls-twice");
    publish_numbers(&a, 1..=3);
    let query = format!("channel=a&cursor={}", at(&a, 1));
    let first = polled(&app, &query).await;
    assert_eq!(data(&first), [2, 3]);
    assert_eq!(polled(&app, &query).await, first);
}

#[tokio::test(start_paused = true)]
async fn a_position_in_a_log_that_is_gone_is_one_gap() {
    let (app, a, _) = two("polls-epoch");
    publish(&a, "1");
    let gone = "4fzzzxjykrx1kjq7bnt0xq3m2c.7";
    let reply = polled(&app, &format!("channel=a&cursor={gone}")).await;
    let gap = json!({"channel": "a", "from": 0, "to": 1, "reason": "epoch", "on_gap": "snapshot"});
    assert_eq!(data(&reply), [&gap, &json!(1)]);
    let query = format!("channel=a&timeout=1&cursor={}", reply["cursor"].as_str().unwrap());
    assert_eq!(polled(&app, &query).await, json!({"events": [], "cursor": at(&a, 1)}));
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_is_full_leaves_the_rest_to_the_next() {
    let (app, a, _) = two("polls-full");
    let large = format!("\"{}\"", "x".repeat(300 * 1024));
    publish(&a, &large);
    publish(&a, "2");
    publish_numbers(&a, 3..=8);
    let (mut cursor, mut got) = (at(&a, 0), Vec::new());
    for _ in 0..2 {
        let reply = polled(&app, &format!("channel=a&timeout=1&cursor={cursor}")).await;
        reply["cursor"].as_str().unwrap().clone_into(&mut cursor);
        got.extend(reply["events"].as_array().unwrap().iter().map(|event| event["id"].clone()));
    }
    assert_eq!(got, (1..=8).map(|offset| at(&a, offset)).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn the_end_of_all_channels_is_the_end_of_polling() {
    let (app, a, _) = two("polls-closed");
    let query = format!("channel=a&cursor={}", at(&a, 0));
    let waiting = tokio::spawn({
        let app = app.clone();
        async move { polled(&app, &query).await }
    });
    sleep(Duration::from_secs(1)).await;
    publish(&a, "1");
    hub().close(&a);
    let reply = waiting.await.unwrap();
    assert_eq!(
        data(&reply),
        [&json!(1), &json!({"channel": "a", "reason": "closed"}), &Value::Null]
    );
    assert_eq!(reply["cursor"], "done");
    let after = app.get("/comet/events?transport=longpoll&channel=a&cursor=done").await;
    assert_eq!(after.status(), StatusCode::NO_CONTENT);
}

#[tokio::test(start_paused = true)]
async fn a_drain_answers_everybody_who_waits() {
    let (app, a, _) = two("polls-drain");
    let query = format!("channel=a&cursor={}", at(&a, 0));
    let waiting = tokio::spawn({
        let app = app.clone();
        async move { polled(&app, &query).await }
    });
    sleep(Duration::from_secs(1)).await;
    let since = Instant::now();
    app.drain.begin();
    assert_eq!(waiting.await.unwrap(), json!({"events": [], "cursor": at(&a, 0)}));
    assert_eq!(since.elapsed(), Duration::ZERO);
}
