//! The log itself: the ring behind one lock, and the readers that wait for it.

use std::sync::{Arc, PoisonError};
use std::task::Waker;

use bytes::Bytes;
use tokio::time::Instant;

use super::ring::{Ring, Share};
use super::sync::{Mutex, MutexGuard};
use super::waiting::Waiting;
use super::{Batch, Cursor, Entry, Epoch, EventName, Limits, Reader};

/// A log that any number of readers follow. Appending never waits for a reader.
#[derive(Debug)]
pub(crate) struct Log {
    epoch: Epoch,
    /// What its payloads are; `None` for JSON.
    media: Option<&'static str>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    ring: Ring,
    closed: bool,
    waiting: Waiting,
}

/// What a reader finds when it looks.
pub(super) enum Look {
    Found(Batch),
    Waiting,
    Ended,
}

impl Log {
    pub(crate) fn new(limits: Limits) -> Arc<Self> {
        Self::of(None, limits)
    }

    /// A log of bytes of a media type, or of JSON.
    pub(crate) fn of(media: Option<&'static str>, limits: Limits) -> Arc<Self> {
        let state = State { ring: Ring::new(limits), closed: false, waiting: Waiting::default() };
        Arc::new(Self { epoch: Epoch::random(), media, state: Mutex::new(state) })
    }

    pub(crate) fn epoch(&self) -> Epoch {
        self.epoch
    }

    // A panic cannot happen while the lock is held, short of running out of memory: the state is sound either way.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends an entry, wakes who waits, and hands back its offset. A closed log takes nothing: `None`.
    pub(crate) fn append(&self, event: EventName, payload: Bytes) -> Option<u64> {
        self.add(event, payload, false)
    }

    /// Appends the last entry and closes the log.
    pub(crate) fn finish(&self, event: EventName, payload: Bytes) -> Option<u64> {
        self.add(event, payload, true)
    }

    /// Closes the log without a last entry: readers end after what is there.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        wake(state);
    }

    /// The oldest offset that is still there; one past the newest when nothing is.
    pub(crate) fn oldest(&self) -> u64 {
        let mut state = self.lock();
        state.ring.trim(Instant::now());
        state.ring.first()
    }

    /// The offset before the newest `most` entries that were published, as far as they are there.
    pub(crate) fn before_last(&self, most: usize) -> u64 {
        let mut state = self.lock();
        state.ring.trim(Instant::now());
        state.ring.before_last(most)
    }

    fn add(&self, event: EventName, payload: Bytes, last: bool) -> Option<u64> {
        let mut state = self.lock();
        if state.closed {
            return None;
        }
        let offset = state.ring.next();
        let cursor = if last { Cursor::DONE } else { Cursor::after(self.epoch, offset) };
        state.ring.push(match self.media {
            None => Entry::new(cursor, event, payload),
            Some(media) => Entry::of_media(media, cursor, event, payload),
        });
        state.closed = last;
        wake(state);
        Some(offset)
    }

    /// Keeps what has not been read: entries after `offset` are not dropped, whatever the limits say.
    pub(crate) fn keep_after(&self, offset: u64) {
        let mut state = self.lock();
        state.ring.keep_from(offset.saturating_add(1));
        state.ring.trim(Instant::now());
    }

    /// Whether the log holds no more than its limits allow; kept entries can make it hold more.
    pub(crate) fn within_limits(&self) -> bool {
        self.lock().ring.within_limits()
    }

    /// A reader that gets everything after `offset`.
    pub(crate) fn reader(self: &Arc<Self>, offset: u64) -> Reader {
        Reader::new(Arc::clone(self), offset.saturating_add(1))
    }

    /// The offset of the newest entry; 0 before the first.
    pub(crate) fn newest(&self) -> u64 {
        self.lock().ring.next() - 1
    }

    pub(super) fn look(
        &self,
        offset: u64,
        most: Share,
        place: &mut Option<usize>,
        waker: &Waker,
    ) -> Look {
        let mut state = self.lock();
        state.ring.trim(Instant::now());
        if let Some(gap) = state.ring.gap(offset) {
            return Look::Found(Batch::Gap(gap));
        }
        let entries = state.ring.from(offset, most);
        if !entries.is_empty() {
            return Look::Found(Batch::Entries(entries));
        }
        if state.closed {
            return Look::Ended;
        }
        state.waiting.wait(place, waker);
        Look::Waiting
    }

    pub(super) fn leave(&self, place: usize) {
        self.lock().waiting.leave(place);
    }
}

/// Wakes outside the lock, so that a woken reader on another core does not run into it.
fn wake(mut state: MutexGuard<'_, State>) {
    let waiting = state.waiting.take();
    drop(state);
    waiting.into_iter().for_each(Waker::wake);
}
