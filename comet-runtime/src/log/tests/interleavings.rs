//! The log under every interleaving of small programs (<https://docs.rs/loom>).
//!
//! `RUSTFLAGS="--cfg comet_loom" cargo test --package comet-runtime --lib --target-dir target/loom interleavings`

use std::future::poll_fn;
use std::sync::Arc;

use loom::future::block_on;
use loom::thread;

use super::{ROOMY, append, read};
use crate::log::{Batch, Gap, Limits, Log, Reader};

/// The offsets that come until `last` has: those of entries, and as ranges those of gaps.
fn read_until(mut reader: Reader, last: u64) -> Vec<(u64, u64)> {
    let mut got = Vec::new();
    while reader.seen() < last {
        let seen = reader.seen();
        match block_on(poll_fn(|cx| reader.poll_read(cx))) {
            Some(Batch::Entries(entries)) => {
                got.extend((1..=entries.len() as u64).map(|n| (seen + n, seen + n)));
            }
            Some(Batch::Gap(Gap { from, to, .. })) => got.push((from, to - 1)),
            None => panic!("the log ended at {seen}"),
        }
    }
    got
}

#[test]
fn a_reader_that_waits_is_woken_for_every_entry() {
    loom::model(|| {
        let log = Log::new(ROOMY);
        let reader = log.reader(0);
        let writer = thread::spawn(move || (1..=2).for_each(|n| assert_eq!(append(&log, ""), n)));
        assert_eq!(read_until(reader, 2), [(1, 1), (2, 2)]);
        writer.join().unwrap();
    });
}

#[test]
fn two_readers_are_both_woken() {
    loom::model(|| {
        let log = Log::new(ROOMY);
        let (one, two) = (log.reader(0), log.reader(0));
        let other = thread::spawn(move || read_until(one, 1));
        let writer = thread::spawn(move || append(&log, ""));
        assert_eq!(read_until(two, 1), [(1, 1)]);
        assert_eq!(other.join().unwrap(), [(1, 1)]);
        writer.join().unwrap();
    });
}

#[test]
fn two_writers_get_dense_offsets() {
    loom::model(|| {
        let log = Log::new(ROOMY);
        let reader = log.reader(0);
        let writers = [Arc::clone(&log), log].map(|log| thread::spawn(move || append(&log, "")));
        assert_eq!(read_until(reader, 2), [(1, 1), (2, 2)]);
        let mut offsets = writers.map(|writer| writer.join().unwrap());
        offsets.sort_unstable();
        assert_eq!(offsets, [1, 2]);
    });
}

#[test]
fn what_is_trimmed_is_one_gap_and_nothing_else_is_missing() {
    loom::model(|| {
        let log = Log::new(Limits { entries: 1, ..ROOMY });
        let reader = log.reader(0);
        let writer = thread::spawn(move || (1..=3).for_each(|n| assert_eq!(append(&log, ""), n)));
        let mut next = 1;
        for (from, to) in read_until(reader, 3) {
            assert!(from == next && to >= from);
            next = to + 1;
        }
        assert_eq!(next, 4);
        writer.join().unwrap();
    });
}

#[test]
fn a_reader_that_leaves_takes_nobody_elses_wake_up_along() {
    loom::model(|| {
        let log = Log::new(ROOMY);
        let (mut leaves, stays) = (log.reader(0), log.reader(0));
        let leaver = thread::spawn(move || {
            let _ = read(&mut leaves);
            drop(leaves);
        });
        let writer = thread::spawn(move || append(&log, ""));
        assert_eq!(read_until(stays, 1), [(1, 1)]);
        leaver.join().unwrap();
        writer.join().unwrap();
    });
}

#[test]
fn closing_is_heard_after_the_last_entry() {
    loom::model(|| {
        let log = Log::new(ROOMY);
        let mut reader = log.reader(0);
        let writer = thread::spawn(move || {
            append(&log, "");
            log.close();
        });
        let first = block_on(poll_fn(|cx| reader.poll_read(cx)));
        assert!(matches!(first, Some(Batch::Entries(_))), "{first:?}");
        assert!(block_on(poll_fn(|cx| reader.poll_read(cx))).is_none());
        writer.join().unwrap();
    });
}
