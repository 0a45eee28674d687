//! The task that writes to all riders of a shard.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use tokio::task::coop::consume_budget;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

use super::pass::Pass;
use super::shard::Shard;
use super::tap::Tap;
use crate::deadline::Alarm;
use crate::log::{Batch, Entry};
use crate::transport::{Outlet, Transport, chunk};

/// So many sockets are written to until other tasks have a turn.
const TURN: usize = 64;

/// How long more is waited for when entries come faster than one pass after the other: each pass costs a write a rider,
/// whatever it holds. A lone entry never waits.
const TOGETHER: Duration = Duration::from_millis(5);

/// Writes what is published from `next` on, for as long as anybody rides.
pub(super) async fn run(shard: Arc<Shard>, next: u64) {
    let mut running = Running { shard, done: false };
    write_all(&running.shard, next).await;
    running.done = true;
}

/// A runner at work.
struct Running {
    shard: Arc<Shard>,
    done: bool,
}

impl Drop for Running {
    /// A runtime that ends takes its tasks with it, and the channel lives on: whoever comes next starts another runner.
    fn drop(&mut self) {
        if !self.done {
            self.shard.end();
        }
    }
}

async fn write_all(shard: &Arc<Shard>, next: u64) {
    let mut reader = shard.log.reader(next.saturating_sub(1));
    let mut taps = Vec::new();
    let mut silence = Alarm::new(shard.silent_until());
    loop {
        silence.set(shard.silent_until());
        let read = poll_fn(|cx| match reader.poll_read(cx) {
            Poll::Ready(batch) => Poll::Ready(Some(batch)),
            Poll::Pending => silence.poll(cx).map(|()| None),
        });
        match read.await {
            Some(Some(Batch::Entries(entries))) => {
                let next = reader.seen() + 1;
                if !shard.board(&mut taps, Some(next)) {
                    return;
                }
                write(shard, &taps, &entries, next).await;
                // Few riders are written to faster than that, and the log may not keep what comes meanwhile.
                if entries.len() > 1 && taps.len() > TURN {
                    sleep(TOGETHER).await;
                }
            }
            // Everybody hears of it in the way of its own.
            Some(Some(Batch::Gap(_)) | None) => return shard.end(),
            None => {
                if !shard.board(&mut taps, None) {
                    return;
                }
                beat(&taps).await;
            }
        }
        taps.clear();
        // Whoever publishes all the time has to have a turn as well.
        consume_budget().await;
    }
}

impl Shard {
    /// When its riders hear that their streams are alive, if nothing is published from now on.
    fn silent_until(&self) -> Instant {
        Instant::now() + self.riders().heartbeat.max(Duration::from_millis(1))
    }

    /// Collects who rides now. Whoever comes from here on stands behind `next` or reads by itself. Without riders there is
    /// no runner any more: `false`.
    fn board(&self, taps: &mut Vec<Arc<Tap>>, next: Option<u64>) -> bool {
        let mut riders = self.riders();
        if riders.are_none() {
            riders.next = None;
            return false;
        }
        riders.next = next.or(riders.next);
        taps.extend(riders.taps.iter().flatten().cloned());
        true
    }

    /// Hands everybody back.
    fn end(&self) {
        let mut riders = self.riders();
        riders.next = None;
        let taps: Vec<_> = riders.taps.iter().flatten().cloned().collect();
        // Whoever is woken may leave at once, for which it needs the shard.
        drop(riders);
        taps.iter().for_each(|tap| tap.hand_back());
    }
}

/// What is made once for all riders of a manner.
struct Made<T>(Vec<((Transport, bool), T)>);

impl<T> Made<T> {
    fn get(&mut self, tap: &Tap, make: impl FnOnce(Transport, bool) -> T) -> Option<&T> {
        let key = (tap.manner.transport, tap.manner.chunked);
        let known = self.0.iter().position(|(known, _)| *known == key);
        let index = known.unwrap_or_else(|| {
            self.0.push((key, make(key.0, key.1)));
            self.0.len() - 1
        });
        self.0.get(index).map(|(_, made)| made)
    }
}

async fn write(shard: &Shard, taps: &[Arc<Tap>], entries: &[Arc<Entry>], next: u64) {
    let make = |transport, chunked| Pass::new(&shard.name, entries, next, transport, chunked);
    to_all(taps, make, Tap::write).await;
}

async fn beat(taps: &[Arc<Tap>]) {
    to_all(taps, beat_of, Tap::beat).await;
}

/// Makes something for each manner once, and gives it to every tap.
async fn to_all<T>(
    taps: &[Arc<Tap>],
    make: impl Fn(Transport, bool) -> T,
    give: impl Fn(&Tap, &T),
) {
    let mut made = Made(Vec::new());
    for (turn, some) in taps.chunks(TURN).enumerate() {
        if turn > 0 {
            yield_now().await;
        }
        for tap in some {
            if let Some(made) = made.get(tap, &make) {
                give(tap, made);
            }
        }
    }
}

fn beat_of(transport: Transport, chunked: bool) -> Bytes {
    let mut beat = Vec::new();
    Outlet::new(transport, &mut beat).beat();
    if !chunked {
        return beat.into();
    }
    let mut framed = Vec::new();
    chunk::put(&beat, &mut framed);
    framed.into()
}
