//! Verdicts that run out, on paused time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::advance;

use super::{channel, next, publish, who};
use crate::channel::{AskAgain, Follow, From, GuardFuture, Line, Node, Verdict};
use crate::error::Error;

const TEN: Verdict = Verdict::lasting(Duration::from_secs(10));

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn followed(node: &Arc<Node>, verdict: Verdict, ask: AskAgain) -> Follow {
    Follow::new(vec![Line::new(Arc::clone(node), &who(Some("ann")), From::Now).rechecked(
        verdict,
        0,
        || ask,
    )])
}

/// A guard that answers from a list and then refuses, and how often it was asked.
fn answers(answers: &'static [Verdict]) -> (AskAgain, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let ask = move || -> GuardFuture {
        let answer = answers.get(counted.fetch_add(1, Ordering::SeqCst)).copied();
        Box::pin(async move { answer.ok_or_else(|| Error::new(http::StatusCode::FORBIDDEN, "no")) })
    };
    (Box::new(ask), asked)
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_is_refused_later_ends_before_it_gets_anything_more() {
    let node = channel("recheck-refused", "a");
    let (ask, asked) = answers(&[]);
    let mut reader = followed(&node, TEN, ask);
    advance(seconds(9)).await;
    publish(&node, "1");
    assert_eq!(next(&mut reader).unwrap(), "0: 1", "the verdict lasts");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    advance(Duration::from_millis(1_001)).await;
    publish(&node, "2");
    assert_eq!(next(&mut reader).unwrap(), "0: revoked");
    assert_eq!(next(&mut reader).unwrap(), "end");
}

#[tokio::test(start_paused = true)]
async fn a_waiting_reader_is_woken_when_its_verdict_runs_out() {
    let node = channel("recheck-woken", "a");
    let (ask, _) = answers(&[]);
    let mut reader = followed(&node, TEN, ask);
    let since = tokio::time::Instant::now();
    let end = std::future::poll_fn(|cx| reader.poll_next(cx)).await;
    assert!(matches!(end, Some(crate::channel::Delivery::Ended(0, "revoked"))), "{end:?}");
    assert!(since.elapsed() < seconds(11), "{:?}", since.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_is_allowed_again_notices_nothing() {
    let node = channel("recheck-allowed", "a");
    let (ask, asked) = answers(&[TEN, Verdict::ALWAYS]);
    let mut reader = followed(&node, TEN, ask);
    for n in 1..=40 {
        advance(seconds(1)).await;
        publish(&node, &n.to_string());
        assert_eq!(next(&mut reader).unwrap(), format!("0: {n}"));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2, "after ten seconds and after ten more");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_handed_out_while_the_answer_is_on_its_way() {
    let node = channel("recheck-asked", "a");
    let answer = Arc::new(Notify::new());
    let told = Arc::clone(&answer);
    let ask = move || -> GuardFuture {
        let told = Arc::clone(&told);
        Box::pin(async move {
            told.notified().await;
            Ok(TEN)
        })
    };
    let mut reader = followed(&node, TEN, Box::new(ask));
    advance(seconds(11)).await;
    publish(&node, "1");
    assert_eq!(next(&mut reader), None);
    answer.notify_one();
    assert_eq!(next(&mut reader).unwrap(), "0: 1", "and nothing is lost");
}

#[tokio::test(start_paused = true)]
async fn a_verdict_of_no_time_is_asked_for_once_a_second() {
    let node = channel("recheck-zero", "a");
    const NONE: Verdict = Verdict::lasting(Duration::ZERO);
    let (ask, asked) = answers(&[NONE; 100]);
    let mut reader = followed(&node, NONE, ask);
    for _ in 0..100 {
        advance(Duration::from_millis(100)).await;
        assert_eq!(next(&mut reader), None);
    }
    let asked = asked.load(Ordering::SeqCst);
    assert!((8..=10).contains(&asked), "{asked}");
}
