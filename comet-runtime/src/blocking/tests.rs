//! What goes on while a task blocks the thread that waited for sockets and timers.

#![allow(clippy::unwrap_used)]

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::sleep;

use super::{Turn, Watched};

/// Longer than anything here takes.
const EVER: Duration = Duration::from_secs(20);

/// Blocks after a timer, for as long as no other timer has elapsed.
async fn blocks(elapsed: Receiver<()>) -> bool {
    sleep(Duration::from_millis(1)).await;
    elapsed.recv_timeout(EVER).is_ok()
}

fn another_timer_elapses(
    blocking: impl Future<Output = bool> + Send + 'static,
    tell: std::sync::mpsc::Sender<()>,
) {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    let blocking = runtime.spawn(blocking);
    runtime.spawn(async move {
        sleep(Duration::from_millis(5)).await;
        tell.send(()).unwrap();
    });
    assert!(runtime.block_on(blocking).unwrap(), "no thread waited for timers");
}

#[test]
fn another_thread_waits_for_timers_while_a_watched_task_blocks() {
    let (tell, elapsed) = channel();
    another_timer_elapses(Watched::new(blocks(elapsed)), tell);
}

#[test]
fn and_while_a_turn_lasts_in_a_task_that_is_not_watched() {
    let (tell, elapsed) = channel();
    let blocking = async move {
        sleep(Duration::from_millis(1)).await;
        let _turn = Turn::begin();
        elapsed.recv_timeout(EVER).is_ok()
    };
    another_timer_elapses(blocking, tell);
}

#[test]
fn a_turn_within_another_ends_with_the_outer_one() {
    let (tell, elapsed) = channel();
    let blocking = async move {
        sleep(Duration::from_millis(1)).await;
        let _turn = Turn::begin();
        drop(Turn::begin());
        elapsed.recv_timeout(EVER).is_ok()
    };
    another_timer_elapses(blocking, tell);
}
