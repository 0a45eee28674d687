//! One rider: its socket, and where it stands.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;

use super::pass::Pass;
use super::shard::Shard;
use super::{CutOff, Manner, note};

/// Where a rider's bytes go.
pub(crate) trait Sink: Send + Sync {
    /// Takes what it can without waiting, as a socket that does not block.
    ///
    /// # Errors
    ///
    /// `WouldBlock` when it takes nothing now; anything else when it never will again.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Whether something that was taken has still to be pushed on, by whoever waits for room.
    fn owes(&self) -> bool {
        false
    }
}

/// A rider as the runner sees it.
pub(super) struct Tap {
    pub(super) manner: Manner,
    cut_off: Arc<CutOff>,
    state: Mutex<State>,
}

struct State {
    /// `None` once the rider was handed back.
    sink: Option<Arc<dyn Sink>>,
    /// The offset that is written next.
    next: u64,
    /// Bytes of entries that were written.
    written: usize,
    /// Whether anything was, be it that the stream is alive.
    said: bool,
    /// What is left then of an entry that is partly written.
    rest: Bytes,
    waker: Option<Waker>,
}

/// Where a rider goes on by itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// The offset that it reads next.
    pub(crate) next: u64,
    /// What it has to write before, as it is.
    pub(crate) rest: Bytes,
    /// Bytes that were written meanwhile, the rest among them.
    pub(crate) written: usize,
    /// Whether the client has heard anything meanwhile.
    pub(crate) said: bool,
}

impl Tap {
    pub(super) fn new(
        sink: Arc<dyn Sink>,
        manner: Manner,
        cut_off: Arc<CutOff>,
        next: u64,
    ) -> Self {
        let (sink, rest) = (Some(sink), Bytes::new());
        let state = State { sink, next, written: 0, said: false, rest, waker: None };
        Self { manner, cut_off, state: Mutex::new(state) }
    }

    /// Writes what is new to the rider.
    pub(super) fn write(&self, pass: &Pass) {
        let mut state = self.state();
        let Some(sink) = &state.sink else { return };
        if state.next >= pass.next || self.cut_off.is_cut() {
            return;
        }
        if pass.bytes.is_empty() {
            return state.hand_back(Bytes::new());
        }
        let from = pass.start(state.next);
        let taken = sink.try_write(pass.bytes.get(from..).unwrap_or_default());
        let owes = sink.owes();
        state.said = true;
        let end = from + taken.unwrap_or(0);
        if end == pass.bytes.len() {
            state.next = pass.next;
            state.written += end - from;
            if self.manner.is_reply() {
                // Its client's next request wakes it, and nothing has to before.
                state.sink = None;
            } else if owes || self.manner.budget.is_some_and(|budget| state.written >= budget) {
                state.hand_back(Bytes::new());
            }
            return;
        }
        let (rest, next) = pass.rest(end, state.next);
        state.next = next;
        state.written += end - from + rest.len();
        state.hand_back(rest);
    }

    /// Says that the stream is alive.
    pub(super) fn beat(&self, beat: &Bytes) {
        let mut state = self.state();
        let Some(sink) = state.sink.as_ref().filter(|_| !self.manner.is_reply()) else { return };
        let taken = sink.try_write(beat).unwrap_or(0);
        let owes = sink.owes();
        state.said = true;
        if taken < beat.len() || owes {
            state.hand_back(beat.slice(taken..));
        }
    }

    /// Lets the rider go on by itself.
    pub(super) fn hand_back(&self) {
        let mut state = self.state();
        if state.sink.is_some() {
            state.hand_back(Bytes::new());
        }
    }

    /// Writes again, from an offset on.
    pub(super) fn go_on(&self, sink: Arc<dyn Sink>, next: u64) {
        let mut state = self.state();
        (state.sink, state.next) = (Some(sink), next);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn hand_back(&mut self, rest: Bytes) {
        (self.sink, self.rest) = (None, rest);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl fmt::Debug for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tap").field("manner", &self.manner).finish_non_exhaustive()
    }
}

/// A rider as its own task sees it; dropping it is leaving the lane.
#[derive(Debug)]
pub(crate) struct Ride {
    shard: Arc<Shard>,
    tap: Arc<Tap>,
    place: usize,
}

impl Ride {
    pub(super) fn new(shard: Arc<Shard>, tap: Arc<Tap>, place: usize) -> Self {
        Self { shard, tap, place }
    }

    /// Ready when the rider was handed back.
    pub(crate) fn poll_left(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.tap.state();
        if state.sink.is_none() {
            return Poll::Ready(());
        }
        note(&mut state.waker, cx);
        Poll::Pending
    }

    /// Leaves: from here on nothing is written but by the rider itself.
    pub(crate) fn leave(&self) -> Left {
        let mut state = self.tap.state();
        state.sink = None;
        let (rest, written) = (std::mem::take(&mut state.rest), std::mem::take(&mut state.written));
        let said = std::mem::take(&mut state.said);
        Left { next: state.next, rest, written, said }
    }

    /// Rides again after it has left, at its old place; `false` where it has something to read by itself first.
    pub(crate) fn again(&self, sink: Arc<dyn Sink>, next: u64) -> bool {
        self.shard.go_on(&self.tap, sink, next)
    }
}

impl Drop for Ride {
    fn drop(&mut self) {
        self.tap.hand_back();
        self.shard.leave(self.place);
    }
}
