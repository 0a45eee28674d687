//! A log, who appends to it and who reads it.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;

use crate::channel::Positions;
use crate::log::{Batch, EventName, Limits, Log, Reader};

fn log() -> Arc<Log> {
    Log::new(Limits { entries: 1024, bytes: 1 << 20, age: None })
}

fn entries(batch: Option<Batch>) -> usize {
    match batch {
        Some(Batch::Entries(entries)) => entries.len(),
        Some(Batch::Gap(_)) | None => 0,
    }
}

/// One look, by somebody whom nobody has to wake.
fn look(reader: &mut Reader) -> usize {
    match reader.poll_read(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(batch) => entries(batch),
        Poll::Pending => 0,
    }
}

/// A log and readers that wait at its end, without tasks.
pub struct Crowd {
    log: Arc<Log>,
    readers: Vec<Reader>,
}

impl Crowd {
    pub fn new(readers: usize) -> Self {
        let log = log();
        let readers = (0..readers).map(|_| log.reader(0)).collect();
        let mut crowd = Self { log, readers };
        crowd.wait();
        crowd
    }

    /// Appends an entry and wakes all.
    pub fn publish(&self, payload: &Bytes) -> Option<u64> {
        self.log.append(EventName::MESSAGE, payload.clone())
    }

    /// Lets all read what there is, and wait again.
    pub fn wait(&mut self) {
        for reader in &mut self.readers {
            while look(reader) > 0 {}
        }
    }

    /// One more reader, for a task.
    pub fn follower(&self) -> Follower {
        Follower(self.log.reader(self.log.newest()))
    }
}

/// A reader that a task waits with.
pub struct Follower(Reader);

impl Follower {
    /// How many entries come next.
    pub async fn next(&mut self) -> usize {
        entries(poll_fn(|cx| self.0.poll_read(cx)).await)
    }
}

/// A log with entries, for readers that come to it.
pub struct Kept(Arc<Log>);

impl Kept {
    pub fn new(entries: usize, payload: &Bytes) -> Self {
        let log = log();
        for _ in 0..entries {
            log.append(EventName::MESSAGE, payload.clone());
        }
        Self(log)
    }

    /// The cursor of somebody who has read all but the newest `behind`.
    pub fn cursor(&self, behind: u64) -> String {
        self.0.reader(self.0.newest() - behind).cursor().to_string()
    }

    /// What one look finds from a cursor on.
    pub fn read(&self, cursor: &str) -> usize {
        let offset = Positions::read(cursor).in_log(self.0.epoch()).unwrap_or(0);
        look(&mut self.0.reader(offset))
    }
}
