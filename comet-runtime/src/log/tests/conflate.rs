use std::collections::BTreeMap;
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use proptest::prelude::*;

use super::{FLAT, ROOMY, append, read, texts};
use crate::log::{Batch, Draft, EventName, Gap, Limits, Log, Reader};

/// Appends a text; what comes before its `=` is the key, if it has one.
fn say(log: &Log, text: &str) {
    let mut draft = Draft::new(EventName::MESSAGE, Bytes::copy_from_slice(text.as_bytes()));
    draft.key = text.split_once('=').map(|(key, _)| key.as_bytes().into());
    log.append_all([draft]).unwrap();
}

fn said(limits: Limits, texts: &str) -> (Arc<Log>, Reader) {
    let log = Log::new(limits);
    let reader = log.reader(0);
    texts.split(' ').for_each(|text| say(&log, text));
    (log, reader)
}

#[test]
fn a_reader_that_is_behind_gets_the_newest_of_each_key_in_order() {
    let (log, mut reader) = said(ROOMY, "a=1 b=1 plain a=2 plain c=1 b=2");
    assert_eq!(texts(&mut reader), ["plain", "a=2", "plain", "c=1", "b=2"]);
    assert_eq!(reader.seen(), 7);
    assert!(read(&mut reader).is_pending());
    say(&log, "a=3");
    assert_eq!(texts(&mut reader), ["a=3"]);
}

#[test]
fn a_reader_that_keeps_up_gets_everything() {
    let (log, mut reader) = said(ROOMY, "a=0");
    for n in 1..100 {
        texts(&mut reader);
        let text = format!("a={n}");
        say(&log, &text);
        assert_eq!(texts(&mut log.reader(log.newest() - 1)), [text]);
    }
}

#[test]
fn what_was_superseded_is_no_gap_when_it_is_gone() {
    let limits = Limits { entries: 2, ..ROOMY };
    let (_, mut reader) = said(limits, "a=1 b=1 a=2 b=2 a=3 b=3");
    assert_eq!(texts(&mut reader), ["a=3", "b=3"]);
}

#[test]
fn what_nothing_superseded_is_a_gap_when_it_is_gone() {
    let limits = Limits { entries: 2, ..ROOMY };
    for lost in ["plain", "c=1"] {
        let (log, mut reader) = said(limits, &format!("a=1 {lost} a=2 b=2 a=3 b=3"));
        let mut later = log.reader(2);
        let Poll::Ready(Some(Batch::Gap(gap))) = read(&mut reader) else { panic!("no gap") };
        assert_eq!(gap, Gap { from: 1, to: 5, reason: "trimmed" });
        assert_eq!(texts(&mut reader), ["a=3", "b=3"]);
        assert_eq!(texts(&mut later), ["a=3", "b=3"], "it has seen what was lost");
    }
}

#[test]
fn a_key_that_was_lost_and_comes_again_supersedes_nothing() {
    let (log, mut reader) = said(Limits { entries: 1, ..ROOMY }, "a=1 b=1 a=2");
    assert!(matches!(read(&mut reader), Poll::Ready(Some(Batch::Gap(_)))));
    assert_eq!(texts(&mut reader), ["a=2"]);
    append(&log, "plain");
    assert_eq!(texts(&mut reader), ["plain"]);
}

#[test]
fn a_key_counts_against_the_bytes() {
    let (log, _) = said(Limits { bytes: 2 * FLAT + 8, ..ROOMY }, "a=1 b=1");
    assert!(log.within_limits());
    assert_eq!(log.oldest(), 1);
    say(&log, "a=2");
    assert_eq!(log.oldest(), 2);
}

#[test]
fn one_look_passes_over_so_much_that_is_superseded_and_the_next_one_goes_on() {
    let (log, mut reader) = said(ROOMY, "b=1");
    (0..20_000).for_each(|n| say(&log, &format!("a={n}")));
    assert_eq!(texts(&mut reader), ["b=1"]);
    assert_eq!(texts(&mut reader), ["a=19999"]);
}

#[test]
fn entries_in_a_row_supersede_each_other() {
    let log = Log::new(ROOMY);
    let draft = |text: &'static str| {
        let key = Some(b"a".as_slice().into());
        Draft { key, ..Draft::new(EventName::MESSAGE, Bytes::from_static(text.as_bytes())) }
    };
    assert_eq!(log.append_all([draft("1"), draft("2"), draft("3")]), Some(1..4));
    assert_eq!(texts(&mut log.reader(0)), ["3"]);
    log.close();
    assert_eq!(log.append_all([draft("4")]), None);
    assert_eq!(log.newest(), 3);
}

#[derive(Clone, Debug)]
enum Step {
    /// A key; the last one stands for none.
    Say(u8),
    Read,
    /// The reader comes back by the position after what it got last.
    Return,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![8 => (0..6_u8).prop_map(Step::Say), 2 => Just(Step::Read), 1 => Just(Step::Return)]
}

/// What a reader knows, or what was published: the newest of each key, and how many entries have none.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    states: BTreeMap<u8, u64>,
    plain: Vec<u64>,
}

impl Known {
    fn learn(&mut self, key: u8, offset: u64) {
        match key {
            5 => self.plain.push(offset),
            key => _ = self.states.insert(key, offset),
        }
    }
}

/// A reader and what it has been told.
struct Told {
    reader: Reader,
    seen: u64,
    known: Known,
    /// Whether it was told of a gap since it knew everything.
    missed: bool,
}

impl Told {
    fn read(&mut self) -> bool {
        match read(&mut self.reader) {
            Poll::Ready(Some(Batch::Gap(gap))) => {
                assert!(gap.from > self.seen && gap.to > gap.from);
                (self.seen, self.missed) = (gap.to - 1, true);
            }
            Poll::Ready(Some(Batch::Entries(entries))) => {
                for entry in entries {
                    let text = str::from_utf8(&entry.payload).unwrap();
                    let (key, offset) = text.split_once('=').unwrap();
                    let offset: u64 = offset.parse().unwrap();
                    assert!(offset > self.seen, "in order, and once");
                    self.seen = offset;
                    self.known.learn(key.parse().unwrap(), offset);
                }
            }
            Poll::Ready(None) => panic!("it ended"),
            Poll::Pending => return false,
        }
        true
    }
}

proptest! {
    #[test]
    fn a_reader_ends_up_with_the_newest_of_each_key_or_is_told_that_it_does_not(
        entries in 1..12_usize,
        steps in prop::collection::vec(step(), 1..150),
    ) {
        let log = Log::new(Limits { entries, ..ROOMY });
        let mut all = Known::default();
        let new = |seen| log.reader(seen);
        let mut told = Told { reader: new(0), seen: 0, known: Known::default(), missed: false };
        for step in steps {
            match step {
                Step::Say(key) => {
                    let offset = log.newest() + 1;
                    let text = Bytes::from(format!("{key}={offset}"));
                    let mut draft = Draft::new(EventName::MESSAGE, text);
                    draft.key = (key < 5).then(|| [key].into());
                    log.append_all([draft]).unwrap();
                    all.learn(key, offset);
                }
                Step::Read => _ = told.read(),
                Step::Return => told.reader = new(told.seen),
            }
        }
        while told.read() {}
        if !told.missed {
            prop_assert_eq!(&told.known, &all, "nothing is lost in silence");
        }
        // Whatever it has missed, what the log still keeps of each key is known.
        let kept = log.oldest();
        let newer = |known: &Known| -> Vec<_> {
            known.states.iter().map(|(k, o)| (*k, *o)).filter(|(_, o)| *o >= kept).collect()
        };
        prop_assert_eq!(newer(&told.known), newer(&all));
        // A gap is told only when something is really gone that the reader had not read.
        let lost = all.plain.iter().chain(all.states.values()).any(|offset| {
            !told.known.plain.contains(offset) && !told.known.states.values().any(|o| o == offset)
        });
        prop_assert!(lost || !told.missed || told.known == all);
    }
}
