use bytes::Bytes;
use http::StatusCode;

use super::{Steps, nothing, run, send};
use crate::error::Error;
use crate::log::EventName;
use crate::reply::{Outcome, Value};

const ROOMY: usize = 1 << 20;

#[tokio::test]
async fn everything_written_is_there_in_order_with_the_value() {
    let run = run(|flow| async move {
        send(&flow, "1").await?;
        tokio::task::yield_now().await;
        let (two, three) = tokio::join!(send(&flow, "2"), send(&flow, "3"));
        two?;
        three?;
        flow.append(EventName::MESSAGE, Bytes::from_static(b"left over"));
        Ok(Outcome::new(Value::Json(Bytes::from_static(b"true"))))
    });
    let (written, outcome) = run.collect(ROOMY).await.unwrap();
    assert_eq!(written, ["1", "2", "3", "left over"]);
    assert_eq!(outcome.json(), "true");
}

#[tokio::test]
async fn more_than_one_look_holds_is_there_as_well() {
    let run = run(|flow| async move {
        for n in 0..1000 {
            flow.append(EventName::MESSAGE, Bytes::from(format!("{n}")));
        }
        nothing()
    });
    let (written, _) = run.collect(ROOMY).await.unwrap();
    assert_eq!(written.len(), 1000);
    assert_eq!(written.last().unwrap(), "999");
}

#[tokio::test]
async fn a_handler_that_writes_nothing_has_written_nothing() {
    let (written, outcome) = run(|_| async { nothing() }).collect(0).await.unwrap();
    assert!(written.is_empty());
    assert_eq!(outcome.json(), "null");
}

#[tokio::test]
async fn an_error_is_an_error_whatever_was_written() {
    let run = run(|flow| async move {
        send(&flow, "1").await?;
        Err(Error::new(StatusCode::NOT_FOUND, "there is no task 7"))
    });
    let error = run.collect(ROOMY).await.unwrap_err();
    assert_eq!(
        (error.status(), error.to_string()),
        (StatusCode::NOT_FOUND, "there is no task 7".into())
    );
}

#[tokio::test]
async fn the_limit_ends_a_handler_that_never_ends() {
    let steps = Steps::default();
    let count = steps.clone();
    let run = run(|flow| async move {
        loop {
            send(&flow, "ten bytes.").await?;
            count.step();
        }
    });
    let one = 10 + size_of::<Bytes>();
    let error = run.collect(10 * one).await.unwrap_err();
    assert_eq!(steps.count(), 10, "ten are not too many");
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let detail = format!(
        "the reply has more than {} bytes, too many for one JSON value; ask for a stream \
         (Accept: application/x-ndjson or text/event-stream)",
        10 * one
    );
    assert_eq!(error.to_string(), detail);
}

#[tokio::test]
async fn a_handler_that_never_waits_lets_others_run() {
    let others = Steps::default();
    let other = others.clone();
    tokio::spawn(async move { other.step() });
    let run = run(|flow| async move {
        while others.count() == 0 {
            send(&flow, "0").await?;
        }
        nothing()
    });
    run.collect(ROOMY).await.expect("it ends before its limit");
}
