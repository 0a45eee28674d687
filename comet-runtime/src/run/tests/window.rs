use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::{Run, Runs, Steps, next, on, owner, resumable_flow, send};

const PATIENCE: Duration = Duration::from_secs(30);
const MOMENT: Duration = Duration::from_millis(1);

/// A run that writes such texts without end, and how many of them it has written and gone on from.
fn flood(runs: &Runs, size: usize) -> (Run, Steps) {
    let steps = Steps::default();
    let count = steps.clone();
    let text = "x".repeat(size);
    let handler = on(resumable_flow(), |flow| async move {
        loop {
            send(&flow, &text).await?;
            count.step();
        }
    });
    (runs.adopt(handler, runs.reserve().unwrap(), owner(), PATIENCE), steps)
}

#[tokio::test(start_paused = true)]
async fn a_handler_is_never_more_than_a_log_ahead_of_its_reader() {
    let runs = Runs::new(10);
    let (mut run, steps) = flood(&runs, 1);
    sleep(MOMENT).await;
    assert_eq!(steps.count(), 255, "the 256th waits");
    sleep(10 * PATIENCE).await;
    assert_eq!(steps.count(), 255);
    assert_eq!(next(&mut run).await.unwrap().len(), 256);
    sleep(MOMENT).await;
    assert_eq!(steps.count(), 255, "what was handed out is not yet on its way");
    assert!(!next(&mut run).await.unwrap().is_empty());
    sleep(MOMENT).await;
    assert_eq!(steps.count(), 255 + 256);
}

#[tokio::test(start_paused = true)]
async fn nor_by_more_bytes_than_a_log_holds() {
    let runs = Runs::new(10);
    let (mut run, steps) = flood(&runs, 300 * 1024);
    sleep(MOMENT).await;
    assert_eq!(steps.count(), 3, "the fourth is over a mebibyte");
    for _ in 0..4 {
        assert_eq!(next(&mut run).await.unwrap().len(), 1, "so large ones come one by one");
    }
    let more = timeout(PATIENCE, next(&mut run)).await.expect("it goes on");
    assert!(!more.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_entry_larger_than_the_log_goes_through() {
    let runs = Runs::new(10);
    let (mut run, steps) = flood(&runs, 2 * 1024 * 1024);
    for taken in 0..5 {
        assert_eq!(timeout(PATIENCE, next(&mut run)).await.unwrap().unwrap().len(), 1);
        sleep(MOMENT).await;
        assert_eq!(steps.count(), taken);
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_waits_for_room_ends_with_the_patience() {
    let runs = Runs::new(1);
    let (run, _) = flood(&runs, 1);
    sleep(MOMENT).await;
    drop(run);
    sleep(PATIENCE + MOMENT).await;
    assert!(runs.reserve().is_ok());
}
