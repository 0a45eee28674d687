//! One pass for all readers of a channel that have nothing to catch up with.
//!
//! ```text
//!             log ─┬─► runner ─► pass ─┬─► tap ─► socket
//!                  │                   └─► tap ─► socket
//!                  └─► runner ─► pass ─┬─► tap ─► socket
//!                                      └─► tap ─► socket
//! ```
//!
//! Most readers of a channel wait for the same next entry, in the same framing. Waking a task for each costs more than
//! what it does then, which is one write. So such a reader joins the channel's lane: a task, the runner, puts what is
//! new into bytes once and writes them to every socket in turn. Where there are many riders, each thread has a runner with a
//! part of them, a shard. A reader's own task sleeps meanwhile. It is handed back
//! its place, and the rest of an entry that is partly written, as soon as its socket takes no more, its client is gone,
//! or there is anything else to say to it alone; it catches up by its cursor, and may join again.

mod cut_off;
mod pass;
mod runner;
mod shard;
mod tap;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Waker};
use std::time::Duration;

use tokio::runtime::Handle;

use super::Transport;
use crate::log::Log;

pub(crate) use self::cut_off::CutOff;
use self::shard::Shard;
use self::tap::Tap;
pub(crate) use self::tap::{Left, Ride, Sink};

/// The lane of a channel.
#[derive(Debug)]
pub(crate) struct Lane {
    name: Arc<str>,
    log: Arc<Log>,
    shards: Mutex<Vec<Arc<Shard>>>,
}

/// So many riders are written to by one runner, before there is another one for more: what it takes to wake it is little
/// beside so many writes.
const FULL: usize = 256;

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

impl Manner {
    /// Whether it is a poll, which takes a whole reply and gets off.
    fn is_reply(&self) -> bool {
        self.transport == Transport::Json
    }
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
        let shard = lane.shard();
        match shard.join(&tap, next) {
            Some(place) => Aside::Riding(Ride::new(shard, tap, place)),
            None => Aside::Behind,
        }
    }
}

impl Lane {
    pub(crate) fn new(name: Arc<str>, log: Arc<Log>) -> Arc<Self> {
        Arc::new(Self { name, log, shards: Mutex::default() })
    }

    /// The shard for one more rider: the one with the fewest, or a new one when that is full and there is a thread for it.
    fn shard(&self) -> Arc<Shard> {
        let mut shards = self.shards.lock().unwrap_or_else(PoisonError::into_inner);
        let fewest = shards.iter().map(|shard| shard.count()).enumerate();
        let fewest = fewest.min_by_key(|(_, riders)| *riders);
        match fewest.and_then(|(index, riders)| Some((shards.get(index)?, riders))) {
            Some((shard, riders)) if riders < FULL || shards.len() >= threads() => {
                Arc::clone(shard)
            }
            _ => {
                let shard = Arc::new(Shard::new(Arc::clone(&self.name), Arc::clone(&self.log)));
                shards.push(Arc::clone(&shard));
                shard
            }
        }
    }
}

/// How many threads may run tasks at once.
fn threads() -> usize {
    Handle::try_current().map_or(1, |runtime| runtime.metrics().num_workers())
}

/// Notes whom to wake.
fn note(waker: &mut Option<Waker>, cx: &Context<'_>) {
    match waker {
        Some(waker) => waker.clone_from(cx.waker()),
        none => *none = Some(cx.waker().clone()),
    }
}
