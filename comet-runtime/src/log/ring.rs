//! The ring: which entries a log keeps. Plain data, no locks and no wakers.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use super::Entry;

/// What a log keeps at most; whichever bites first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
    pub(crate) age: Option<Duration>,
}

/// Joins and leaves do not count as entries, so that people who come and go do not push out what was said; of them a log
/// keeps so many.
pub(super) const NOTICES: usize = 1024;

/// What a reader takes at most in one look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) entries: usize,
    /// Of their payloads together.
    pub(crate) bytes: usize,
}

/// What a reader gets instead of silence: the offsets `from..to` are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Gap {
    pub(crate) from: u64,
    pub(crate) to: u64,
    pub(crate) reason: &'static str,
}

/// Entries with dense offsets from 1, the newest of them kept.
#[derive(Debug)]
pub(crate) struct Ring {
    entries: VecDeque<Arc<Entry>>,
    /// The offset that the next entry gets.
    next: u64,
    bytes: usize,
    /// How many of the entries are joins and leaves.
    notices: usize,
    limits: Limits,
    /// Entries from here on stay, whatever the limits say.
    kept: u64,
}

impl Ring {
    pub(crate) fn new(limits: Limits) -> Self {
        let entries = VecDeque::new();
        Self { entries, next: 1, bytes: 0, notices: 0, limits, kept: u64::MAX }
    }

    /// Keeps entries from `offset` on; those before it go when a limit says so.
    pub(crate) fn keep_from(&mut self, offset: u64) {
        self.kept = offset;
    }

    /// Whether nothing is held beyond the limits.
    pub(crate) fn within_limits(&self) -> bool {
        self.entries.len() - self.notices <= self.limits.entries
            && self.notices <= NOTICES
            && self.bytes <= self.limits.bytes
    }

    pub(crate) fn next(&self) -> u64 {
        self.next
    }

    /// The oldest offset that is still there; `next` when nothing is.
    pub(crate) fn first(&self) -> u64 {
        self.next - self.entries.len() as u64
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        self.bytes += entry.weight();
        self.notices += usize::from(entry.event.is_presence());
        self.next += 1;
        self.entries.push_back(Arc::new(entry));
        self.trim(Instant::now());
    }

    /// Drops what is over a limit. The newest entry always stays: it was not yet offered to anybody.
    pub(crate) fn trim(&mut self, now: Instant) {
        while self.entries.len() > 1 && self.first() < self.kept && self.front_is_over(now) {
            if let Some(gone) = self.entries.pop_front() {
                self.bytes -= gone.weight();
                self.notices -= usize::from(gone.event.is_presence());
            }
        }
    }

    fn front_is_over(&self, now: Instant) -> bool {
        let aged = |entry: &Arc<Entry>| {
            self.limits.age.is_some_and(|age| now.duration_since(entry.at) > age)
        };
        !self.within_limits() || self.entries.front().is_some_and(aged)
    }

    /// The gap a reader at `offset` has fallen into, if it has.
    pub(crate) fn gap(&self, offset: u64) -> Option<Gap> {
        (offset < self.first()).then(|| Gap { from: offset, to: self.first(), reason: "trimmed" })
    }

    /// The offset before the newest `most` entries that are no joins or leaves, as far as they are kept.
    pub(crate) fn before_last(&self, most: usize) -> u64 {
        let Some(others) = most.checked_sub(1) else { return self.next - 1 };
        let said = self.entries.iter().enumerate().rev();
        let mut said = said.filter(|(_, entry)| !entry.event.is_presence());
        self.first() + said.nth(others).map_or(0, |(index, _)| index as u64) - 1
    }

    /// Entries from `offset` on, as many as `most` allows and at least one, if there is one.
    pub(crate) fn from(&self, offset: u64, most: Share) -> Vec<Arc<Entry>> {
        let skip = usize::try_from(offset.saturating_sub(self.first())).unwrap_or(usize::MAX);
        let (mut count, mut bytes) = (0, 0_usize);
        let fits = |entry: &&Arc<Entry>| {
            count += 1;
            bytes += entry.payload.len();
            count == 1 || (count <= most.entries && bytes <= most.bytes)
        };
        self.entries.iter().skip(skip).take_while(fits).cloned().collect()
    }
}
