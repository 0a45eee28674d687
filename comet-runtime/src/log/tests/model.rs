use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;
use tokio::time::{Instant, advance};

use super::{Bell, FLAT};
use crate::log::{Batch, EventName, Gap, Limits, Log, Reader};

#[derive(Clone, Debug)]
enum Step {
    Append(usize),
    Read(usize),
    /// A reader that has seen so many hundredths of what was written.
    Join(u64),
    Leave(usize),
    Keep(u64),
    Pass(u64),
    Close,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..600_usize).prop_map(Step::Append),
        8 => (0..4_usize).prop_map(Step::Read),
        2 => (0..=100_u64).prop_map(Step::Join),
        1 => (0..4_usize).prop_map(Step::Leave),
        1 => (0..=100_u64).prop_map(Step::Keep),
        2 => (0..20_u64).prop_map(Step::Pass),
        1 => Just(Step::Close),
    ]
}

fn limits() -> impl Strategy<Value = Limits> {
    let age = prop::option::of((1..30_u64).prop_map(Duration::from_secs));
    (1..8_usize, 1..(6 * FLAT), age).prop_map(|(entries, bytes, age)| Limits {
        entries,
        bytes,
        age,
    })
}

/// A log as a plain list of everything that was ever written.
struct Model {
    limits: Limits,
    written: Vec<(usize, Instant)>,
    /// How many of the first are gone.
    gone: usize,
    /// How many of the first need not be kept.
    free: usize,
    closed: bool,
}

impl Model {
    fn trim(&mut self) {
        while self.gone + 1 < self.written.len() && self.gone < self.free {
            let rest = &self.written[self.gone..];
            let bytes: usize = rest.iter().map(|(length, _)| length + FLAT).sum();
            let aged = |age| rest[0].1.elapsed() > age;
            let full = rest.len() > self.limits.entries || bytes > self.limits.bytes;
            if !full && !self.limits.age.is_some_and(aged) {
                return;
            }
            self.gone += 1;
        }
    }

    fn share(&self, hundredths: u64) -> u64 {
        self.written.len() as u64 * hundredths / 100
    }
}

struct Seat {
    reader: Reader,
    seen: u64,
    bell: Arc<Bell>,
    waker: Waker,
    /// Whether it waits, and how often it has been woken.
    waits: bool,
    woken: usize,
}

impl Seat {
    fn new(log: &Arc<Log>, seen: u64) -> Self {
        let (bell, waker) = Bell::new();
        Self { reader: log.reader(seen), seen, bell, waker, waits: false, woken: 0 }
    }

    /// Whoever waits is woken by what happens, once, and nobody else is.
    fn note(&mut self, happened: bool) {
        self.woken += usize::from(happened && self.waits);
        self.waits &= !happened;
        assert_eq!(self.bell.rung(), self.woken);
    }

    fn read(&mut self, model: &mut Model) {
        model.trim();
        let found = self.reader.poll_read(&mut Context::from_waker(&self.waker));
        let (gone, written) = (model.gone as u64, model.written.len() as u64);
        match found {
            Poll::Ready(Some(Batch::Gap(gap))) => {
                assert!(self.seen < gone);
                assert_eq!(gap, Gap { from: self.seen + 1, to: gone + 1, reason: "trimmed" });
                self.seen = gone;
            }
            Poll::Ready(Some(Batch::Entries(entries))) => {
                assert!(self.seen >= gone && self.seen < written);
                assert_eq!(entries.len() as u64, (written - self.seen).min(256));
                for (entry, (length, at)) in
                    entries.iter().zip(&model.written[self.seen as usize..])
                {
                    assert_eq!((entry.payload.len(), entry.at), (*length, *at));
                }
                self.seen += entries.len() as u64;
            }
            Poll::Ready(None) => assert!(model.closed && self.seen == written),
            Poll::Pending => {
                assert!(!model.closed && self.seen == written);
                self.waits = true;
            }
        }
        assert_eq!(self.reader.seen(), self.seen);
    }
}

async fn compare(limits: Limits, steps: Vec<Step>) {
    let log = Log::new(limits);
    let mut model = Model { limits, written: Vec::new(), gone: 0, free: usize::MAX, closed: false };
    let mut seats = vec![Seat::new(&log, 0)];
    for step in steps {
        let mut happened = false;
        match step {
            Step::Append(length) => {
                let offset = log.append(EventName::MESSAGE, Bytes::from(vec![b'0'; length]));
                happened = !model.closed;
                if happened {
                    model.written.push((length, Instant::now()));
                    model.trim();
                }
                assert_eq!(offset, happened.then_some(model.written.len() as u64));
            }
            Step::Close => {
                let offset = log.finish(EventName::DONE, Bytes::new());
                happened = !std::mem::replace(&mut model.closed, true);
                if happened {
                    model.written.push((0, Instant::now()));
                    model.trim();
                }
                assert_eq!(offset, happened.then_some(model.written.len() as u64));
            }
            Step::Read(which) => {
                let which = which % seats.len().max(1);
                if let Some(seat) = seats.get_mut(which) {
                    seat.read(&mut model);
                }
            }
            Step::Join(hundredths) if seats.len() < 4 => {
                seats.push(Seat::new(&log, model.share(hundredths)));
            }
            Step::Join(_) => {}
            Step::Leave(which) if which < seats.len() => drop(seats.remove(which)),
            Step::Leave(_) => {}
            Step::Keep(hundredths) => {
                let offset = model.share(hundredths);
                log.keep_after(offset);
                model.free = offset as usize;
                model.trim();
            }
            Step::Pass(seconds) => advance(Duration::from_secs(seconds)).await,
        }
        assert_eq!(log.newest(), model.written.len() as u64);
        seats.iter_mut().for_each(|seat| seat.note(happened));
    }
}

proptest! {
    #[test]
    fn a_log_is_a_list_that_forgets_its_beginning(
        limits in limits(),
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(compare(limits, steps));
    }
}
