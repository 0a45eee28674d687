use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{StatusCode, header};
use tokio::time::sleep;

use super::{
    Flow, Guard, Owner, Run, Runs, is_set, next, nothing, offset, on, owner, rest, resumable_flow,
    send,
};
use crate::log::{Cursor, Epoch};

const PATIENCE: Duration = Duration::from_secs(30);
const ALMOST: Duration = Duration::from_millis(29_999);
const MOMENT: Duration = Duration::from_millis(2);

/// Starts a handler that goes on without its reader.
fn start<F>(runs: &Runs, handler: impl FnOnce(Arc<Flow>) -> F) -> (Run, Epoch)
where
    F: Future<Output = super::Done> + Send + 'static,
{
    let flow = resumable_flow();
    let epoch = flow.log().epoch();
    let place = runs.reserve().unwrap();
    (runs.adopt(on(flow, handler), place, owner(), PATIENCE), epoch)
}

/// One event a second: `1`, `2`, …
async fn tick(flow: Arc<Flow>) -> super::Done {
    for n in 1.. {
        sleep(Duration::from_secs(1)).await;
        send(&flow, &n.to_string()).await?;
    }
    nothing()
}

fn status(resumed: Result<Run, crate::Error>) -> StatusCode {
    resumed.expect_err("nobody is let in").status()
}

#[tokio::test(start_paused = true)]
async fn a_run_outlives_its_reader_by_its_patience_and_no_longer() {
    let runs = Runs::new(10);
    let (guard, dropped) = Guard::new();
    let (first, epoch) = start(&runs, |_| async move {
        let _guard = guard;
        pending().await
    });
    drop(first);
    sleep(ALMOST).await;
    assert!(!is_set(&dropped));
    let second = runs.resume(epoch, 0, &owner()).expect("it is still there");
    sleep(10 * PATIENCE).await;
    assert!(!is_set(&dropped), "somebody reads");
    drop(second);
    sleep(ALMOST).await;
    assert!(!is_set(&dropped), "the time counts anew");
    sleep(MOMENT).await;
    assert!(is_set(&dropped));
    assert_eq!(status(runs.resume(epoch, 0, &owner())), StatusCode::GONE);
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_gets_what_came_after_its_cursor_however_often() {
    let runs = Runs::new(10);
    let (mut first, epoch) = start(&runs, tick);
    assert_eq!(next(&mut first).await.unwrap(), ["message 1"]);
    assert_eq!(next(&mut first).await.unwrap(), ["message 2"]);
    assert_eq!(first.cursor(), Cursor::after(epoch, 2));
    drop(first);
    sleep(Duration::from_millis(5500)).await;
    for _ in 0..2 {
        let mut again = runs.resume(epoch, 1, &owner()).unwrap();
        let missed = ["message 2", "message 3", "message 4", "message 5", "message 6", "message 7"];
        assert_eq!(next(&mut again).await.unwrap(), missed);
    }
    let mut again = runs.resume(epoch, 7, &owner()).unwrap();
    assert_eq!(next(&mut again).await.unwrap(), ["message 8"], "and then it follows");
    assert_eq!(offset(again.cursor()), 8);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_through_can_be_read_until_nobody_came_for_its_patience() {
    let runs = Runs::new(1);
    let (first, epoch) = start(&runs, |flow| async move {
        send(&flow, "1").await?;
        nothing()
    });
    drop(first);
    sleep(ALMOST).await;
    for _ in 0..2 {
        let mut again = runs.resume(epoch, 0, &owner()).unwrap();
        assert_eq!(rest(&mut again).await, ["message 1", "done null"]);
    }
    sleep(ALMOST).await;
    assert!(runs.reserve().is_err(), "its place is not free yet");
    sleep(MOMENT).await;
    assert_eq!(status(runs.resume(epoch, 0, &owner())), StatusCode::GONE);
    assert!(runs.reserve().is_ok(), "its place is free");
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_the_last_entry_of_a_run_that_nobody_reads() {
    let runs = Runs::new(10);
    let (first, epoch) = start(&runs, |_| async { panic!("as asked for") });
    drop(first);
    sleep(MOMENT).await;
    let mut again = runs.resume(epoch, 0, &owner()).unwrap();
    assert!(rest(&mut again).await.concat().starts_with("error {"));
}

#[tokio::test(start_paused = true)]
async fn nobody_else_is_let_in() {
    let runs = Runs::new(10);
    let (mut run, epoch) = start(&runs, tick);
    next(&mut run).await;
    let as_owner = |endpoint, user: Option<&str>| Owner { endpoint, user: user.map(str::to_owned) };
    for stranger in
        [as_owner("import", Some("eve")), as_owner("import", None), as_owner("export", Some("ann"))]
    {
        assert_eq!(status(runs.resume(epoch, 1, &stranger)), StatusCode::GONE, "{stranger:?}");
    }
    assert_eq!(status(runs.resume(epoch, 2, &owner())), StatusCode::GONE, "not written yet");
    assert_eq!(status(runs.resume(epoch, u64::MAX, &owner())), StatusCode::GONE);
    assert_eq!(status(runs.resume(Epoch::random(), 0, &owner())), StatusCode::GONE);
    let error = runs.resume(Epoch::random(), 0, &owner()).unwrap_err();
    assert_eq!(error.to_string(), "the run of this cursor is over; call the handler anew");
    assert_eq!(next(&mut run).await.unwrap(), ["message 2"], "who was refused has ousted nobody");
}

#[tokio::test(start_paused = true)]
async fn there_are_no_more_runs_than_there_may_be() {
    let runs = Runs::new(2);
    let one = start(&runs, |_| pending());
    let _two = start(&runs, |_| pending());
    let error = runs.reserve().unwrap_err();
    assert_eq!(error.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(error.to_string(), "2 runs are waiting for their clients already; try again later");
    let retry = error.headers().iter().find(|(name, _)| *name == header::RETRY_AFTER);
    assert_eq!(retry.unwrap().1, "5");
    drop(one);
    sleep(PATIENCE + MOMENT).await;
    drop(runs.reserve().unwrap());
    drop(runs.reserve().expect("a place that was not used is free again"));
}

/// Asks for its own run while it is being dropped.
struct Asks(Runs, Epoch, Arc<Mutex<Option<StatusCode>>>);

impl Drop for Asks {
    fn drop(&mut self) {
        *self.2.lock().unwrap() = Some(status(self.0.resume(self.1, 0, &owner())));
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_given_up_cannot_be_found_any_more_when_its_handler_is_dropped() {
    let runs = Runs::new(10);
    let answer = Arc::new(Mutex::new(None));
    let (asked, found) = (Arc::clone(&answer), runs.clone());
    let (run, _) = start(&runs, |flow| async move {
        let _asks = Asks(found, flow.log().epoch(), asked);
        pending().await
    });
    drop(run);
    sleep(PATIENCE + MOMENT).await;
    assert_eq!(*answer.lock().unwrap(), Some(StatusCode::GONE));
}
