use std::future::pending;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::{Guard, Steps, is_set, look, next, nothing, offset, rest, run, send, shown};
use crate::error::Error;
use crate::log::{Cursor, EventName};
use crate::reply::{Outcome, Value};

fn taken(polled: Poll<Option<crate::log::Batch>>) -> Vec<String> {
    match polled {
        Poll::Ready(Some(batch)) => shown(&batch),
        other => panic!("no entries but {other:?}"),
    }
}

#[tokio::test]
async fn a_flush_is_over_when_the_body_has_taken_the_entry_and_asks_for_more() {
    let steps = Steps::default();
    let count = steps.clone();
    let mut run = run(|flow| async move {
        for text in ["1", "2"] {
            send(&flow, text).await?;
            count.step();
        }
        nothing()
    });
    assert_eq!(offset(run.cursor()), 0);
    assert_eq!(taken(look(&mut run)), ["message 1"]);
    assert_eq!((steps.count(), offset(run.cursor())), (0, 1));
    assert_eq!(taken(look(&mut run)), ["message 2"]);
    assert_eq!((steps.count(), offset(run.cursor())), (1, 2));
    assert_eq!(taken(look(&mut run)), ["done null"]);
    assert_eq!(steps.count(), 2);
    assert!(matches!(look(&mut run), Poll::Ready(None)));
}

#[tokio::test]
async fn a_body_that_nobody_asks_suspends_the_handler() {
    let steps = Steps::default();
    let count = steps.clone();
    let mut run = run(|flow| async move {
        loop {
            send(&flow, "0").await?;
            count.step();
        }
    });
    for asked in 1..=5 {
        assert_eq!(taken(look(&mut run)), ["message 0"]);
        assert_eq!(steps.count(), asked - 1);
    }
}

#[tokio::test]
async fn dropping_the_body_drops_the_handler_where_it_stands() {
    let (guard, dropped) = Guard::new();
    let mut run = run(|flow| async move {
        let _guard = guard;
        send(&flow, "1").await?;
        pending().await
    });
    next(&mut run).await;
    assert!(look(&mut run).is_pending());
    assert!(!is_set(&dropped));
    drop(run);
    assert!(is_set(&dropped));
}

#[tokio::test]
async fn what_the_handler_waits_for_wakes_the_body() {
    let bell = Arc::new(Notify::new());
    let heard = Arc::clone(&bell);
    let mut run = run(|flow| async move {
        heard.notified().await;
        send(&flow, "rung").await?;
        nothing()
    });
    let reading = tokio::spawn(async move { rest(&mut run).await });
    tokio::task::yield_now().await;
    bell.notify_one();
    assert_eq!(reading.await.unwrap(), ["message rung", "done null"]);
}

#[tokio::test]
async fn leftovers_go_before_the_end_all_in_one() {
    let mut run = run(|flow| async move {
        flow.append(EventName::PAGE, Bytes::from_static(b"[1]"));
        flow.append(EventName::PAGE, Bytes::from_static(b"[2]"));
        Ok(Outcome::new(Value::Json(Bytes::from_static(b"7"))))
    });
    assert_eq!(next(&mut run).await.unwrap(), ["page [1]", "page [2]", "done 7"]);
    assert_eq!(next(&mut run).await, None);
}

#[tokio::test]
async fn two_flushes_at_once_both_end() {
    let mut run = run(|flow| async move {
        let (one, two) = tokio::join!(send(&flow, "1"), send(&flow, "2"));
        one?;
        two?;
        nothing()
    });
    assert_eq!(next(&mut run).await.unwrap(), ["message 1", "message 2"]);
    assert_eq!(next(&mut run).await.unwrap(), ["done null"]);
}

#[tokio::test(start_paused = true)]
async fn a_flush_that_is_given_up_has_sent_its_entry() {
    let mut run = run(|flow| async move {
        let given_up = timeout(Duration::ZERO, send(&flow, "1")).await.is_err();
        assert!(given_up);
        send(&flow, "2").await?;
        nothing()
    });
    assert_eq!(rest(&mut run).await, ["message 1", "message 2", "done null"]);
}

#[tokio::test]
async fn an_error_after_entries_is_the_last_of_them() {
    let mut run = run(|flow| async move {
        send(&flow, "1").await?;
        Err(Error::new(StatusCode::CONFLICT, "it is \"taken\""))
    });
    assert_eq!(next(&mut run).await.unwrap(), ["message 1"]);
    let last =
        r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"it is \"taken\""}"#;
    assert_eq!(next(&mut run).await.unwrap(), [format!("error {last}")]);
    assert_eq!(next(&mut run).await, None);
}

#[tokio::test]
async fn the_last_entry_has_the_cursor_of_the_end() {
    let mut run = run(|_| async { nothing() });
    let mut cx = Context::from_waker(std::task::Waker::noop());
    let Poll::Ready(Some(batch)) = run.poll_entries(&mut cx) else { panic!() };
    assert_eq!(batch.lone().unwrap().cursor, Cursor::DONE);
}

#[tokio::test]
async fn asking_on_after_the_end_polls_no_future_again() {
    // An `async` block panics when it is polled after its end.
    let mut run = run(|_| async { nothing() });
    assert_eq!(next(&mut run).await.unwrap(), ["done null"]);
    for _ in 0..3 {
        assert!(matches!(look(&mut run), Poll::Ready(None)));
    }
}
