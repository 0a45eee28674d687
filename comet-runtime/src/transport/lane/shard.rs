//! The riders that one runner writes to.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::runner;
use super::tap::{Sink, Tap};
use crate::log::Log;

/// A part of a lane's riders, or all of them.
#[derive(Debug)]
pub(super) struct Shard {
    pub(super) name: Arc<str>,
    pub(super) log: Arc<Log>,
    riders: Mutex<Riders>,
}

#[derive(Debug, Default)]
pub(super) struct Riders {
    /// Places are kept, so that a pass meets everybody once.
    pub(super) taps: Vec<Option<Arc<Tap>>>,
    free: Vec<usize>,
    /// The offset that the runner writes next; `None` while there is no runner.
    pub(super) next: Option<u64>,
    /// Silence after which riders hear that the stream is alive.
    pub(super) heartbeat: Duration,
}

impl Shard {
    pub(super) fn new(name: Arc<str>, log: Arc<Log>) -> Self {
        Self { name, log, riders: Mutex::default() }
    }

    /// A place for a reader; `None` when it has to read something by itself first.
    pub(super) fn join(self: &Arc<Self>, tap: &Arc<Tap>, next: u64) -> Option<usize> {
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

    /// Lets a rider go on that has kept its place; `false` when it has to read something by itself first.
    pub(super) fn go_on(&self, tap: &Tap, sink: Arc<dyn Sink>, next: u64) -> bool {
        let riders = self.riders();
        let goes_on = riders.next.is_some_and(|runner| next >= runner);
        if goes_on {
            tap.go_on(sink, next);
        }
        goes_on
    }

    pub(super) fn leave(&self, place: usize) {
        let mut riders = self.riders();
        if let Some(seat) = riders.taps.get_mut(place) {
            *seat = None;
            riders.free.push(place);
        }
        if riders.are_none() {
            (riders.taps, riders.free) = Default::default();
        }
    }

    /// How many ride now.
    pub(super) fn count(&self) -> usize {
        let riders = self.riders();
        riders.taps.len() - riders.free.len()
    }

    pub(super) fn riders(&self) -> MutexGuard<'_, Riders> {
        self.riders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Riders {
    pub(super) fn are_none(&self) -> bool {
        self.free.len() == self.taps.len()
    }
}
