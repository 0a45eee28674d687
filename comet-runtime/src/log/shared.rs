//! The log itself: the ring behind one lock, and the readers that wait for it.

use std::ops::Range;
use std::sync::{Arc, PoisonError};
use std::task::Waker;

use bytes::Bytes;
use tokio::time::Instant;

use super::ring::{Ring, Share};
use super::sync::{Mutex, MutexGuard};
use super::waiting::Waiting;
use super::{Addressee, Batch, Cursor, Draft, Entry, Epoch, EventName, Limits, Reader};

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
    /// What there is, and the offset to go on from. All that was passed over may have been superseded: then the entries
    /// are none.
    Found(Batch, u64),
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
        self.append_all([Draft::new(event, payload)]).map(|offsets| offsets.start)
    }

    /// Appends entries in a row, wakes who waits once, and hands back their offsets. A closed log takes none of them.
    pub(crate) fn append_all(&self, drafts: impl IntoIterator<Item = Draft>) -> Option<Range<u64>> {
        let mut state = self.lock();
        if state.closed {
            return None;
        }
        let first = state.ring.next();
        for draft in drafts {
            let cursor = Cursor::after(self.epoch, state.ring.next());
            state.ring.push(self.entry(cursor, draft));
        }
        let offsets = first..state.ring.next();
        wake(state);
        Some(offsets)
    }

    fn entry(&self, cursor: Cursor, draft: Draft) -> Entry {
        match self.media {
            None => Entry::new(cursor, draft),
            Some(media) => Entry::of_media(media, cursor, draft),
        }
    }

    /// Appends the last entry and closes the log.
    pub(crate) fn finish(&self, event: EventName, payload: Bytes) -> Option<u64> {
        let mut state = self.lock();
        if state.closed {
            return None;
        }
        let offset = state.ring.next();
        state.ring.push(self.entry(Cursor::DONE, Draft::new(event, payload)));
        state.closed = true;
        wake(state);
        Some(offset)
    }

    /// Closes the log without a last entry: readers end after what is there.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        wake(state);
    }

    /// Whether nothing more will come.
    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed
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

    /// The newest entries, the oldest of them first.
    pub(crate) fn last(&self, most: usize) -> Vec<Arc<Entry>> {
        let mut state = self.lock();
        state.ring.trim(Instant::now());
        state.ring.last(most).cloned().collect()
    }

    /// Whether there is an entry that readers would come for.
    pub(crate) fn has_history(&self, now: Instant) -> bool {
        self.lock().ring.has_history(now)
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

    /// The same, of a log that more may come to.
    pub(crate) fn newest_so_far(&self) -> Option<u64> {
        let state = self.lock();
        (!state.closed).then(|| state.ring.next() - 1)
    }

    pub(super) fn look(
        &self,
        offset: u64,
        most: Share,
        reader: Option<Addressee>,
        place: &mut Option<usize>,
        waker: &Waker,
    ) -> Look {
        let mut state = self.lock();
        state.ring.trim(Instant::now());
        if let Some(gap) = state.ring.gap(offset, reader) {
            return Look::Found(Batch::Gap(gap), gap.to);
        }
        let (entries, next) = state.ring.pending(offset, most, reader);
        if next > offset {
            return Look::Found(Batch::Entries(entries), next);
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
