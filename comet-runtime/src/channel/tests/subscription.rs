use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

use super::{declaration, publish};
use crate::channel::{
    Channel, Declaration, Delivered, NextError, Slow, Subscription, Topic, hub, topic,
};
use crate::log::{Cursor, Epoch, EventName};

/// A channel type, as the macro makes them.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Click(u64);

impl Channel for Click {
    const DECLARATION: &'static Declaration = &CLICK;

    fn payload(&self) -> crate::Result<Vec<u8>> {
        crate::channel::json(self)
    }
}

static CLICK: Declaration = Declaration { group: "subscription", ..TEMPLATE };
const TEMPLATE: Declaration = declaration("", "clicks/{page}");

async fn next(clicks: &mut Subscription<Click>) -> (u64, bool) {
    let click: Delivered<Click> = clicks.next().await.unwrap();
    (click.value().unwrap().0, click.missed)
}

fn page(name: &str) -> Topic<Click> {
    topic(&format!("clicks/{name}"))
}

#[tokio::test]
async fn events_come_in_order_with_the_position_after_them() {
    let clicks = page("order");
    let mut reader = clicks.subscribe();
    assert_eq!(clicks.count(), 1);
    for n in 1..=3 {
        assert_eq!(clicks.publish(&Click(n * 10)).await.unwrap(), n);
    }
    let begin = reader.cursor();
    let first = reader.next().await.unwrap();
    assert_eq!(first.value().unwrap(), Click(10));
    assert_eq!(reader.cursor(), first.cursor.to_string());
    assert_ne!(reader.cursor(), begin);
    let mut again = clicks.subscribe().after(Some(first.cursor));
    assert_eq!(next(&mut again).await, (20, false));
    assert_eq!(next(&mut again).await, (30, false));
    assert_eq!(next(&mut reader).await, (20, false), "others do not notice");
    let mut before = clicks.subscribe().after(Some(begin.parse().unwrap()));
    assert_eq!(next(&mut before).await, (10, false));
}

#[tokio::test]
async fn without_a_cursor_it_follows_from_where_it_was_made() {
    let clicks = page("none");
    publish(&hub().node(clicks.name(), Click::DECLARATION), "1");
    let reader = clicks.subscribe();
    clicks.publish(&Click(2)).await.unwrap();
    for cursor in [None, Some(Cursor::DONE)] {
        let mut fresh = clicks.subscribe().after(cursor);
        clicks.publish(&Click(3)).await.unwrap();
        assert_eq!(next(&mut fresh).await, (3, false));
    }
    assert_eq!(next(&mut reader.after(None)).await, (2, false));
}

#[tokio::test]
async fn what_is_lost_is_marked_on_the_event_after_it() {
    let clicks = page("missed");
    let mut reader = clicks.subscribe();
    for n in 1..=10 {
        clicks.publish(&Click(n)).await.unwrap();
    }
    assert_eq!(next(&mut reader).await, (3, true), "eight are kept");
    assert_eq!(next(&mut reader).await, (4, false));
    let elsewhere = Cursor::after(Epoch::random(), 4);
    let mut lost = clicks.subscribe().after(Some(elsewhere));
    assert_eq!(next(&mut lost).await, (3, true), "a position in a log that is gone");
    assert_eq!(next(&mut lost).await, (4, false));
}

#[tokio::test]
async fn an_event_as_json_is_the_event() {
    let clicks = page("json");
    let mut reader = clicks.subscribe();
    let node = hub().node(clicks.name(), Click::DECLARATION);
    node.log.append(EventName::MESSAGE, Bytes::from_static(b"{\"a\": 1.0}")).unwrap();
    let click = reader.next().await.unwrap();
    assert_eq!(serde_json::to_string(&click).unwrap(), r#"{"a": 1.0}"#, "as it was written");
    assert!(click.value().is_err(), "it is no `Click`");
}

#[tokio::test]
async fn a_closed_channel_ends_its_readers_and_refuses_publishers() {
    let clicks = page("closed");
    let mut reader = clicks.subscribe();
    clicks.publish(&Click(1)).await.unwrap();
    clicks.close();
    assert_eq!(next(&mut reader).await, (1, false));
    assert!(matches!(reader.next().await, Err(NextError::Closed)));
    assert!(matches!(reader.next().await, Err(NextError::Closed)), "and stays closed");
    assert_eq!(page("closed").publish(&Click(2)).await.unwrap(), 1, "its name begins anew");
}

#[tokio::test]
async fn history_is_what_the_channel_still_keeps_with_the_positions() {
    let clicks = page("history");
    assert!(clicks.history(3).is_empty());
    for n in 1..=10 {
        clicks.publish(&Click(n)).await.unwrap();
    }
    let values = |most| -> Vec<_> {
        clicks.history(most).iter().map(|click| click.value().unwrap().0).collect()
    };
    assert_eq!(values(2), [9, 10]);
    assert_eq!(values(usize::MAX), [3, 4, 5, 6, 7, 8, 9, 10], "eight are kept");
    assert_eq!(values(0), [0; 0]);
    let last = &clicks.history(2)[0];
    assert!(!last.missed);
    assert_eq!(next(&mut clicks.subscribe().after(Some(last.cursor))).await, (10, false));
}

#[tokio::test]
async fn a_batch_lands_in_a_row_or_not_at_all() {
    let clicks = page("batch");
    let mut reader = clicks.subscribe();
    assert_eq!(clicks.publish_all(&[Click(1), Click(2)]).await.unwrap(), 1..3);
    assert_eq!(clicks.publish_all([].iter()).await.unwrap(), 3..3);
    assert_eq!(next(&mut reader).await, (1, false));
    clicks.close();
    assert!(clicks.publish_all(&[Click(3)]).await.is_err());
    assert_eq!(next(&mut reader).await, (2, false));
    assert_eq!(reader.next().await.unwrap_err(), NextError::Closed);
}

struct Tick;

static TICK: Declaration = Declaration { group: "subscription-cut", slow: Slow::Cut, ..TEMPLATE };

impl Channel for Tick {
    const DECLARATION: &'static Declaration = &TICK;

    fn payload(&self) -> crate::Result<Vec<u8>> {
        Ok(b"1".to_vec())
    }
}

#[tokio::test]
async fn a_reader_that_was_cut_off_for_being_slow_is_told_so_and_may_go_on_from_where_it_was() {
    let ticks: Topic<Tick> = topic("clicks/cut");
    let mut reader = ticks.subscribe();
    ticks.publish(&Tick).await.unwrap();
    let first = reader.next().await.unwrap().cursor;
    ticks.publish_all(&[const { Tick }; 20]).await.unwrap();
    for _ in 0..2 {
        assert_eq!(reader.next().await.unwrap_err(), NextError::Slow);
    }
    ticks.close();
    let reason = reader.next().await.unwrap_err();
    assert_eq!(reason, NextError::Slow, "and stays so");
    assert!(reason.to_string().contains("`slow = cut`"), "{reason}");
    assert!(ticks.subscribe().after(Some(first)).next().await.unwrap().missed);
}

#[tokio::test]
async fn a_reader_that_always_finds_something_lets_others_run() {
    let clicks = page("busy");
    let turns = Arc::new(AtomicUsize::new(0));
    let (counted, mut reader) = (Arc::clone(&turns), clicks.subscribe());
    let others = tokio::spawn(async move {
        loop {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
        }
    });
    let reading = tokio::spawn(async move {
        for n in 0..2_000 {
            clicks.publish(&Click(n)).await.unwrap();
            reader.next().await.unwrap();
        }
    });
    reading.await.unwrap();
    others.abort();
    let turns = turns.load(Ordering::SeqCst);
    assert!(turns > 10, "{turns}");
}
