//! A reader: an offset and a place among the waiting.

use std::sync::Arc;
use std::task::{Context, Poll};

use super::ring::Share;
use super::shared::Look;
use super::{Addressee, Cursor, Entry, Gap, Log};

/// So that one reader far behind can neither hold the others up nor have much written for it that it does not take.
const BATCH: Share = Share { entries: 256, bytes: 16 * 1024 };

/// What a reader gets in one look.
#[derive(Debug)]
pub(crate) enum Batch {
    Entries(Vec<Arc<Entry>>),
    Gap(Gap),
}

impl Batch {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Entries(entries) if entries.is_empty())
    }

    /// The entry, if there is one and nothing else.
    pub(crate) fn lone(&self) -> Option<&Entry> {
        match self {
            Self::Entries(entries) => match entries.as_slice() {
                [entry] => Some(entry),
                _ => None,
            },
            Self::Gap(_) => None,
        }
    }
}

/// A position in a log that moves as it reads.
#[derive(Debug)]
pub(crate) struct Reader {
    log: Arc<Log>,
    next: u64,
    place: Option<usize>,
    addressee: Option<Addressee>,
}

impl Reader {
    pub(super) fn new(log: Arc<Log>, next: u64) -> Self {
        Self { log, next, place: None, addressee: None }
    }

    /// Gets what is for it alone as well, from here on.
    pub(crate) fn address(&mut self, addressee: Addressee) {
        self.addressee = Some(addressee);
    }

    /// The offset of the last entry that was read.
    pub(crate) fn seen(&self) -> u64 {
        self.next - 1
    }

    /// The position to come back to.
    pub(crate) fn cursor(&self) -> Cursor {
        Cursor::after(self.log.epoch(), self.seen())
    }

    /// Waits no longer: somebody else reads in its place.
    pub(crate) fn step_aside(&mut self) {
        if let Some(place) = self.place.take() {
            self.log.leave(place);
        }
    }

    /// Goes on from an offset that somebody else has read up to.
    pub(crate) fn go_on(&mut self, next: u64) {
        self.next = next.max(self.next);
    }

    /// Begins anew behind an offset.
    pub(crate) fn begin_after(&mut self, offset: u64) {
        self.next = offset.saturating_add(1);
    }

    /// All that is pending and was not superseded, in one look; `None` once a closed log was read to its end.
    pub(crate) fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Option<Batch>> {
        loop {
            match self.log.look(self.next, BATCH, self.addressee, &mut self.place, cx.waker()) {
                Look::Found(batch, next) => {
                    self.next = next;
                    if !batch.is_empty() {
                        return Poll::Ready(Some(batch));
                    }
                }
                Look::Waiting => return Poll::Pending,
                Look::Ended => return Poll::Ready(None),
            }
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.step_aside();
    }
}
