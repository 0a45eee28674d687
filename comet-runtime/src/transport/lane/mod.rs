//! One pass for all readers of a channel that have nothing to catch up with.
//!
//! ```text
//!             log ─► runner ─► pass ─┬─► tap ─► socket
//!                                    ├─► tap ─► socket
//!                                    └─► tap ─► socket
//! ```
//!
//! Most readers of a channel wait for the same next entry, in the same framing. Waking a task for each costs more than
//! what it does then, which is one write. So such a reader joins the channel's lane: one task, the runner, puts what is
//! new into bytes once and writes them to every socket in turn. A reader's own task sleeps meanwhile. It is handed back
//! its place, and the rest of an entry that is partly written, as soon as its socket takes no more, its client is gone,
//! or there is anything else to say to it alone; it catches up by its cursor, and may join again.

mod cut_off;
mod pass;
mod runner;
mod tap;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Waker};
use std::time::Duration;

use super::Transport;
use crate::log::Log;

pub(crate) use self::cut_off::CutOff;
use self::tap::Tap;
pub(crate) use self::tap::{Left, Ride, Sink};

/// The lane of a channel.
#[derive(Debug)]
pub(crate) struct Lane {
    name: Arc<str>,
    log: Arc<Log>,
    riders: Mutex<Riders>,
}

#[derive(Debug, Default)]
struct Riders {
    /// Places are kept, so that a pass meets everybody once.
    taps: Vec<Option<Arc<Tap>>>,
    free: Vec<usize>,
    /// The offset that the runner writes next; `None` while there is no runner.
    next: Option<u64>,
    /// Silence after which riders hear that the stream is alive.
    heartbeat: Duration,
}

/// How a rider is written to.
#[derive(Clone, Debug)]
pub(crate) struct Manner {
    pub(crate) transport: Transport,
    /// In chunks, or as they are.
    pub(crate) chunked: bool,
    pub(crate) heartbeat: Duration,
    /// Bytes after which the rider is handed back.
    pub(crate) budget: Option<usize>,
}

/// A reader that may ride from where it stands.
#[derive(Debug)]
pub(crate) struct Rider {
    pub(crate) lane: Arc<Lane>,
    /// The offset that it would read next.
    pub(crate) next: u64,
    /// Looked at before each write: whether it may still follow.
    pub(crate) cut_off: Arc<CutOff>,
}

/// What comes of a reader that would let a lane write for it.
#[derive(Debug)]
pub(crate) enum Aside {
    Riding(Ride),
    /// It has something to read by itself first.
    Behind,
    /// What it reads is for it alone.
    Never,
}

impl Rider {
    /// Lets it ride.
    pub(crate) fn join(self, sink: Arc<dyn Sink>, manner: Manner) -> Aside {
        let Self { lane, next, cut_off } = self;
        let tap = Arc::new(Tap::new(sink, manner, cut_off, next));
        match lane.join(&tap, next) {
            Some(place) => Aside::Riding(Ride::new(lane, tap, place)),
            None => Aside::Behind,
        }
    }
}

impl Lane {
    pub(crate) fn new(name: Arc<str>, log: Arc<Log>) -> Arc<Self> {
        Arc::new(Self { name, log, riders: Mutex::default() })
    }

    /// A place for a reader; `None` when it has to read something by itself first.
    fn join(self: &Arc<Self>, tap: &Arc<Tap>, next: u64) -> Option<usize> {
        let mut riders = self.riders();
        let heartbeat = tap.manner.heartbeat;
        match riders.next {
            Some(runner) if next < runner => return None,
            Some(_) => riders.heartbeat = riders.heartbeat.min(heartbeat),
            None => {
                (riders.next, riders.heartbeat) = (Some(next), heartbeat);
                tokio::spawn(runner::run(Arc::clone(self), next));
            }
        }
        let place = riders.free.pop().unwrap_or_else(|| {
            riders.taps.push(None);
            riders.taps.len() - 1
        });
        if let Some(seat) = riders.taps.get_mut(place) {
            *seat = Some(Arc::clone(tap));
        }
        Some(place)
    }

    fn leave(&self, place: usize) {
        let mut riders = self.riders();
        if let Some(seat) = riders.taps.get_mut(place) {
            *seat = None;
            riders.free.push(place);
        }
        if riders.are_none() {
            (riders.taps, riders.free) = Default::default();
        }
    }

    fn riders(&self) -> MutexGuard<'_, Riders> {
        self.riders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Riders {
    fn are_none(&self) -> bool {
        self.free.len() == self.taps.len()
    }
}

/// Notes whom to wake.
fn note(waker: &mut Option<Waker>, cx: &Context<'_>) {
    match waker {
        Some(waker) => waker.clone_from(cx.waker()),
        none => *none = Some(cx.waker().clone()),
    }
}
