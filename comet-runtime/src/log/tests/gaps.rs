use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::advance;

use super::{FLAT, ROOMY, append, read, texts};
use crate::log::{Batch, Cursor, EventName, Gap, Limits, Log, Reader};

fn gap(reader: &mut Reader) -> Gap {
    match read(reader) {
        Poll::Ready(Some(Batch::Gap(gap))) => gap,
        other => panic!("no gap but {other:?}"),
    }
}

#[test]
fn a_reader_that_fell_off_is_told_once_and_goes_on() {
    let log = Log::new(Limits { entries: 3, ..ROOMY });
    let mut reader = log.reader(0);
    for text in ["1", "2", "3", "4", "5"] {
        append(&log, text);
    }
    assert_eq!(gap(&mut reader), Gap { from: 1, to: 3, reason: "trimmed" });
    assert_eq!(texts(&mut reader), ["3", "4", "5"]);
    assert!(read(&mut reader).is_pending());
    append(&log, "6");
    assert_eq!(texts(&mut reader), ["6"]);
}

#[test]
fn bytes_count_with_a_flat_share_and_the_newest_entry_always_stays() {
    let log = Log::new(Limits { bytes: 3 * (FLAT + 1), ..ROOMY });
    let mut reader = log.reader(0);
    for text in ["1", "2", "3"] {
        append(&log, text);
    }
    assert!(log.within_limits());
    append(&log, "4");
    assert_eq!(gap(&mut reader).to, 2);
    let huge = "x".repeat(8 * FLAT);
    append(&log, &huge);
    assert_eq!(gap(&mut reader), Gap { from: 2, to: 5, reason: "trimmed" });
    assert_eq!(texts(&mut reader), [huge]);
    assert!(!log.within_limits());
}

#[tokio::test(start_paused = true)]
async fn entries_age_while_nobody_writes() {
    let log = Log::new(Limits { age: Some(Duration::from_secs(60)), ..ROOMY });
    append(&log, "old");
    advance(Duration::from_secs(30)).await;
    append(&log, "young");
    advance(Duration::from_secs(30)).await;
    assert_eq!(texts(&mut log.reader(0)), ["old", "young"]);
    advance(Duration::from_millis(1)).await;
    let mut reader = log.reader(0);
    assert_eq!(gap(&mut reader), Gap { from: 1, to: 2, reason: "trimmed" });
    assert_eq!(texts(&mut reader), ["young"]);
    advance(Duration::from_secs(3600)).await;
    assert_eq!(texts(&mut log.reader(1)), ["young"], "the newest stays, however old");
}

#[test]
fn what_is_kept_stays_beyond_the_limits_until_it_is_let_go() {
    let log = Log::new(Limits { entries: 2, ..ROOMY });
    log.keep_after(1);
    for text in ["1", "2", "3", "4"] {
        append(&log, text);
    }
    assert!(!log.within_limits());
    assert_eq!(gap(&mut log.reader(0)).to, 2, "entry 1 was not kept");
    assert_eq!(texts(&mut log.reader(1)), ["2", "3", "4"]);
    log.keep_after(3);
    assert!(log.within_limits());
    assert_eq!(texts(&mut log.reader(2)), ["3", "4"]);
}

#[test]
fn a_closed_log_is_read_to_its_end_and_takes_no_more() {
    let log = Log::new(ROOMY);
    append(&log, "1");
    assert_eq!(log.finish(EventName::DONE, Bytes::from_static(b"null")), Some(2));
    assert_eq!(log.append(EventName::MESSAGE, Bytes::new()), None);
    assert_eq!(log.finish(EventName::ERROR, Bytes::new()), None);
    assert_eq!(log.newest(), 2);
    let mut reader = log.reader(0);
    let Poll::Ready(Some(Batch::Entries(entries))) = read(&mut reader) else { panic!() };
    assert_eq!(entries[0].cursor, Cursor::after(log.epoch(), 1));
    assert_eq!(entries[1].cursor, Cursor::DONE);
    assert!(matches!(read(&mut reader), Poll::Ready(None)));
    assert!(matches!(read(&mut reader), Poll::Ready(None)), "the end stays the end");
}

#[test]
fn a_reader_far_behind_takes_a_share_at_a_time() {
    let log = Log::new(ROOMY);
    for n in 0..600 {
        append(&log, &n.to_string());
    }
    let mut reader = log.reader(0);
    let sizes: Vec<_> = (0..3).map(|_| texts(&mut reader).len()).collect();
    assert_eq!(sizes, [256, 256, 88]);
    assert!(read(&mut reader).is_pending());
}

#[test]
fn so_does_one_that_is_many_bytes_behind() {
    let log = Log::new(ROOMY);
    for length in [6_000, 6_000, 6_000, 40_000, 10_000, 6_384, 1] {
        append(&log, &"x".repeat(length));
    }
    let mut reader = log.reader(0);
    let sizes: Vec<_> = (0..5).map(|_| texts(&mut reader).len()).collect();
    assert_eq!(sizes, [2, 1, 1, 2, 1], "16 KiB at a time, and what is larger alone");
    assert!(read(&mut reader).is_pending());
}

#[test]
fn a_reader_beyond_the_newest_waits_for_its_place() {
    let log = Log::new(ROOMY);
    let mut reader = log.reader(2);
    append(&log, "1");
    append(&log, "2");
    assert!(read(&mut reader).is_pending());
    append(&log, "3");
    assert_eq!(texts(&mut reader), ["3"]);
    assert!(read(&mut log.reader(u64::MAX)).is_pending());
}

#[test]
fn positions_and_bytes_are_made_once_and_shared() {
    let log = Log::new(ROOMY);
    append(&log, "{\n\"a\": 1\r\n}");
    let Poll::Ready(Some(batch)) = read(&mut log.reader(0)) else { panic!() };
    let entry = batch.lone().unwrap();
    assert_eq!(entry.payload, "{ \"a\": 1  }", "line breaks between tokens become blanks");
    let first = entry.framed(0, || entry.payload.slice(1..));
    let again = entry.framed(0, || panic!("encoded twice"));
    assert_eq!(first.as_ptr(), again.as_ptr());
    assert_eq!(entry.framed(2, || Bytes::from_static(b"other")), "other");
}
