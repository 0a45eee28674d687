//! Verdicts that run out, on paused time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::advance;

use super::{channel, declaration, leak, next, publish, who};
use crate::channel::{AskAgain, Cause, Delivery, Follow, From, GuardFuture, Line, Node, Verdict};
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
    assert!(matches!(end, Some(Delivery::Ended(0, Cause::Revoked))), "{end:?}");
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

#[tokio::test(start_paused = true)]
async fn a_guard_that_cannot_answer_sends_its_reader_back_and_refuses_nobody() {
    let (node, other) = (channel("recheck-unknown", "a"), channel("recheck-unknown", "b"));
    let ask =
        || -> GuardFuture { Box::pin(async { Err(std::io::Error::other("no database").into()) }) };
    let mut reader = followed(&node, TEN, Box::new(ask));
    reader.add(vec![Line::new(Arc::clone(&other), &who(Some("ann")), From::Now)]);
    advance(seconds(11)).await;
    publish(&node, "1");
    publish(&other, "1");
    while next(&mut reader).unwrap() != "end" {
        assert!(!reader.is_cut(), "nothing comes after the end");
    }
    assert!(reader.is_cut() && !reader.is_over(), "there is something to come back for");
    assert_eq!(reader.positions().in_log(node.log.epoch()), Some(0), "with what it has not got");
}

/// A reader with a position that is lost, of a channel that says who is there.
fn lost(group: &'static str) -> (Arc<Node>, Line) {
    let presence = Some(seconds(15));
    let declaration = leak(crate::channel::Declaration { presence, ..declaration(group, "a") });
    let node = crate::channel::hub().node("a", declaration);
    publish(&node, "1");
    let line = Line::new(Arc::clone(&node), &who(Some("ann")), From::Elsewhere);
    (node, line)
}

#[tokio::test(start_paused = true)]
async fn who_is_revoked_before_it_looks_is_told_nothing_else() {
    let (node, line) = lost("recheck-before");
    assert_eq!(node.revoke("ann"), 1);
    assert_eq!(next(&mut Follow::new(vec![line])).unwrap(), "0: revoked", "and of no gap");
}

#[tokio::test(start_paused = true)]
async fn whose_verdict_is_older_than_a_revocation_sees_nobody_before_the_next_one() {
    let (node, line) = lost("recheck-older");
    let before = node.revoked();
    node.revoke("bob");
    let (ask, asked) = answers(&[Verdict::ALWAYS]);
    let mut reader = Follow::new(vec![line.rechecked(Verdict::ALWAYS, before, || ask)]);
    assert!(reader.attendances().is_empty(), "`hello` comes before the answer");
    assert_eq!(next(&mut reader).unwrap(), "0: gap 0..1 epoch");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_channel_that_begins_anew_remembers_that_somebody_was_revoked() {
    let node = channel("recheck-anew", "a");
    let before = node.revoked();
    node.revoke("ann");
    crate::channel::hub().close(&node);
    let anew = crate::channel::hub().node("a", node.declaration);
    assert_eq!(anew.revoked(), before + 1);
}
