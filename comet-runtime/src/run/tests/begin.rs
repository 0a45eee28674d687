use std::future::{pending, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use http::StatusCode;
use tokio::sync::Notify;

use super::{next, nothing, run, send};
use crate::error::Error;

#[tokio::test]
async fn a_reply_begins_when_the_handler_first_waits_after_its_arguments() {
    let arguments = Arc::new(Notify::new());
    let there = Arc::clone(&arguments);
    let mut run = run(|flow| async move {
        there.notified().await;
        flow.begin();
        send(&flow, "1").await?;
        pending().await
    });
    {
        let mut begun = pin!(run.begin());
        let early = poll_fn(|cx| Poll::Ready(begun.as_mut().poll(cx).is_ready())).await;
        assert!(!early, "the arguments are not there yet");
        arguments.notify_one();
        assert!(begun.await.is_none());
    }
    assert!(run.has_written());
    assert_eq!(next(&mut run).await.unwrap(), ["message 1"]);
}

#[tokio::test]
async fn a_handler_that_never_waits_is_through_before_the_reply_begins() {
    let mut run = run(|flow| async move {
        flow.begin();
        flow.append(crate::log::EventName::PAGE, bytes::Bytes::from_static(b"[]"));
        nothing()
    });
    let result = run.begin().await.expect("it is through");
    assert!(run.has_written());
    run.finish(result);
    assert_eq!(next(&mut run).await.unwrap(), ["page []", "done null"]);
    assert_eq!(next(&mut run).await, None);
}

#[tokio::test]
async fn an_error_before_anything_is_written_can_still_be_a_status() {
    let mut run = run(|_| async { Err(Error::new(StatusCode::IM_A_TEAPOT, "no coffee")) });
    let error = run.begin().await.unwrap().unwrap_err();
    assert_eq!(error.status(), StatusCode::IM_A_TEAPOT);
    assert!(!run.has_written());
}
