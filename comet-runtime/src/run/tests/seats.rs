use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::{Flow, Runs, is_set, look, next, offset, on, owner, resumable_flow, send};
use crate::run::seat::Seat;

const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(start_paused = true)]
async fn who_comes_later_takes_the_seat_of_a_reader_that_waits() {
    let runs = Runs::new(10);
    let flow = resumable_flow();
    let epoch = flow.log().epoch();
    let handler = on(flow, |_| std::future::pending());
    let mut first = runs.adopt(handler, runs.reserve().unwrap(), owner(), PATIENCE);
    let waiting = tokio::spawn(async move { (next(&mut first).await, first) });
    sleep(Duration::from_secs(1)).await;
    let second = runs.resume(epoch, 0, &owner()).unwrap();
    let (ended, mut first) = timeout(PATIENCE, waiting).await.expect("it is woken").unwrap();
    assert_eq!(ended, None);
    assert_eq!(next(&mut first).await, None, "it stays out");
    drop(first);
    sleep(10 * PATIENCE).await;
    assert!(runs.resume(epoch, 0, &owner()).is_ok(), "the seat was not freed by the first");
    drop(second);
}

/// Four hundred texts, and the rest when `go_on` says so.
async fn two_parts(flow: Arc<Flow>, go_on: Arc<Notify>) -> super::Done {
    for n in 1.. {
        if n == 401 {
            go_on.notified().await;
        }
        send(&flow, &n.to_string()).await?;
    }
    super::nothing()
}

#[tokio::test(start_paused = true)]
async fn what_the_reader_that_sits_has_not_seen_stays_whatever_another_has() {
    let runs = Runs::new(10);
    let flow = resumable_flow();
    let (log, go_on) = (Arc::clone(flow.log()), Arc::new(Notify::new()));
    let handler = on(flow, |flow| two_parts(flow, Arc::clone(&go_on)));
    let mut first = runs.adopt(handler, runs.reserve().unwrap(), owner(), PATIENCE);
    while offset(first.cursor()) < 400 {
        next(&mut first).await.unwrap();
    }
    assert!(look(&mut first).is_pending());

    let mut second = runs.resume(log.epoch(), 200, &owner()).unwrap();
    assert_eq!(next(&mut first).await, None);
    go_on.notify_one();
    sleep(Duration::from_millis(1)).await;
    assert!(log.newest() > 400 && !log.within_limits(), "the handler waits for room");
    let seen = next(&mut second).await.unwrap();
    assert_eq!((seen[0].as_str(), seen.len()), ("message 201", 256));
}

#[tokio::test(start_paused = true)]
async fn a_short_visit_counts() {
    let seat = Seat::new();
    let left = AtomicBool::new(false);
    let mut abandoned = pin!(async {
        seat.abandoned(PATIENCE).await;
        left.store(true, Ordering::SeqCst);
    });
    assert!(timeout(PATIENCE - Duration::from_secs(1), &mut abandoned).await.is_err());
    // Comes and goes before the one who waits can look.
    drop(seat.take());
    assert!(timeout(PATIENCE - Duration::from_secs(1), &mut abandoned).await.is_err());
    assert!(timeout(Duration::from_secs(2), &mut abandoned).await.is_ok());
    assert!(is_set(&left) && seat.is_empty());
}
