//! What goes on while a task blocks the thread that waited for sockets and timers.

#![allow(clippy::unwrap_used)]

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::sleep;

use super::{Turn, Watched};

/// Longer than anything here takes.
const EVER: Duration = Duration::from_secs(20);

/// Blocks after a timer, for as long as no other timer has elapsed, while it has what `begin` returns.
async fn blocks<T>(elapsed: Receiver<()>, begin: fn() -> T) -> bool {
    sleep(Duration::from_millis(1)).await;
    let _begun = begin();
    elapsed.recv_timeout(EVER).is_ok()
}

fn another_timer_elapses<F>(blocking: impl FnOnce(Receiver<()>) -> F)
where
    F: Future<Output = bool> + Send + 'static,
{
    let (tell, elapsed) = channel();
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    let blocking = runtime.spawn(blocking(elapsed));
    runtime.spawn(async move {
        sleep(Duration::from_millis(5)).await;
        tell.send(()).unwrap();
    });
    assert!(runtime.block_on(blocking).unwrap(), "no thread waited for timers");
}

#[test]
fn another_thread_waits_for_timers_while_a_watched_task_blocks() {
    another_timer_elapses(|elapsed| Watched::new(blocks(elapsed, || ())));
}

#[test]
fn and_while_a_turn_lasts_in_a_task_that_is_not_watched() {
    another_timer_elapses(|elapsed| blocks(elapsed, Turn::begin));
}

#[test]
fn a_turn_within_another_ends_with_the_outer_one() {
    another_timer_elapses(|elapsed| {
        blocks(elapsed, || {
            let outer = Turn::begin();
            drop(Turn::begin());
            outer
        })
    });
}
