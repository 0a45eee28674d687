use std::task::{Context, Poll, Waker};

use super::{Bell, ROOMY, append};
use crate::log::waiting::Waiting;
use crate::log::{Batch, Log};

#[test]
fn a_place_is_kept_between_waits_and_given_to_the_next_reader() {
    let mut waiting = Waiting::default();
    let (mut one, mut two, mut three) = (None, None, None);
    let waker = Waker::noop();
    waiting.wait(&mut one, waker);
    waiting.wait(&mut two, waker);
    waiting.wait(&mut one, waker);
    assert_eq!((one, two), (Some(0), Some(1)));
    assert_eq!(waiting.take().len(), 2, "each waits once");
    assert_eq!(waiting.take().len(), 0, "and is woken once");
    waiting.leave(0);
    waiting.wait(&mut three, waker);
    assert_eq!(three, Some(0));
    assert_eq!(waiting.take().len(), 1);
}

#[test]
fn who_left_is_not_woken() {
    let log = Log::new(ROOMY);
    let (bell, waker) = Bell::new();
    let mut reader = log.reader(0);
    assert!(reader.poll_read(&mut Context::from_waker(&waker)).is_pending());
    drop(reader);
    append(&log, "1");
    assert_eq!(bell.rung(), 0);
}

#[test]
fn the_last_waker_of_a_reader_counts() {
    let log = Log::new(ROOMY);
    let ((old, old_waker), (new, new_waker)) = (Bell::new(), Bell::new());
    let mut reader = log.reader(0);
    assert!(reader.poll_read(&mut Context::from_waker(&old_waker)).is_pending());
    assert!(reader.poll_read(&mut Context::from_waker(&new_waker)).is_pending());
    append(&log, "1");
    assert_eq!((old.rung(), new.rung()), (0, 1));
}

#[test]
fn an_entry_written_before_the_wait_is_not_waited_for() {
    let log = Log::new(ROOMY);
    let (bell, waker) = Bell::new();
    let mut reader = log.reader(0);
    append(&log, "1");
    let found = reader.poll_read(&mut Context::from_waker(&waker));
    assert!(matches!(found, Poll::Ready(Some(Batch::Entries(_)))));
    append(&log, "2");
    assert_eq!(bell.rung(), 0, "nobody waited");
}

#[test]
fn closing_wakes() {
    let log = Log::new(ROOMY);
    let (bell, waker) = Bell::new();
    let mut reader = log.reader(0);
    assert!(reader.poll_read(&mut Context::from_waker(&waker)).is_pending());
    log.finish(crate::log::EventName::DONE, bytes::Bytes::new());
    assert_eq!(bell.rung(), 1);
}
