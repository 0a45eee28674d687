//! The ring: which entries a log keeps. Plain data, no locks and no wakers.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use super::framed::Total;
use super::{Addressee, Entry, Key};

/// What a log keeps at most; whichever bites first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
    pub(crate) age: Option<Duration>,
}

/// Joins and leaves, and what is for some readers alone, do not count as entries, so that they do not push out what was
/// said to everybody; of them a log keeps so many.
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
///
/// An entry of a key is superseded by the next one of that key: whoever has not read it by then gets the newer one only.
#[derive(Debug)]
pub(crate) struct Ring {
    entries: VecDeque<Held>,
    /// The offset of the newest entry of each key, as far as that is still there.
    newest: HashMap<Key, u64>,
    /// The newest offset that is gone without having been superseded; 0 before the first.
    lost: u64,
    /// The same of entries that were for some readers alone.
    lost_to_some: u64,
    /// The offset that the next entry gets.
    next: u64,
    bytes: usize,
    /// How many of the entries are no history.
    notices: usize,
    limits: Limits,
    /// Entries from here on stay, whatever the limits say.
    kept: u64,
    /// What the framings of the entries take.
    framings: Total,
    /// The offset of the entry that is next to lose its framings.
    hand: u64,
}

#[derive(Debug)]
struct Held {
    entry: Arc<Entry>,
    superseded: bool,
}

/// How many entries one look at most asks for their framings, so that it does not hold others up for long.
const STRIDE: usize = 1024;

/// The most entries that one look passes over, so that it does not hold others up for long.
const FARTHEST: usize = 4096;

impl Ring {
    pub(crate) fn new(limits: Limits) -> Self {
        let (entries, newest) = (VecDeque::new(), HashMap::new());
        Self {
            entries,
            newest,
            lost: 0,
            lost_to_some: 0,
            next: 1,
            bytes: 0,
            notices: 0,
            limits,
            kept: u64::MAX,
            framings: Total::default(),
            hand: 0,
        }
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

    pub(crate) fn push(&mut self, mut entry: Entry) {
        entry.held_by(&self.framings);
        self.bytes += entry.weight();
        self.notices += usize::from(!entry.is_history());
        if let Some(key) = &entry.key {
            self.supersede(Arc::clone(key));
        }
        self.next += 1;
        self.entries.push_back(Held { entry: Arc::new(entry), superseded: false });
        self.trim(Instant::now());
    }

    /// Makes the next entry the newest of its key.
    fn supersede(&mut self, key: Key) {
        let older = self.newest.insert(key, self.next);
        if let Some(held) = older.and_then(|offset| {
            let index = usize::try_from(offset - self.first()).ok()?;
            self.entries.get_mut(index)
        }) {
            held.superseded = true;
        }
    }

    /// Drops what is over a limit. The newest entry always stays: it was not yet offered to anybody.
    pub(crate) fn trim(&mut self, now: Instant) {
        while self.entries.len() > 1 && self.first() < self.kept && self.front_is_over(now) {
            let offset = self.first();
            if let Some(gone) = self.entries.pop_front() {
                self.forget(offset, &gone);
            }
        }
        self.strip();
    }

    /// Lets go of framings while they take more than payloads may, one entry after the other and all over again, but not
    /// of the newest's: its readers are on their way. Whoever comes for an entry later has them made anew.
    fn strip(&mut self) {
        let limit = self.limits.bytes.cast_signed();
        for _ in 0..STRIDE {
            if self.framings.load(Ordering::Acquire) <= limit || self.entries.len() < 2 {
                return;
            }
            if self.hand < self.first() || self.hand >= self.next - 1 {
                self.hand = self.first();
            }
            let index = usize::try_from(self.hand - self.first()).unwrap_or(usize::MAX);
            self.hand += 1;
            let Some(held) = self.entries.get_mut(index) else { return };
            if let Some(mut bare) = held.entry.bare() {
                bare.held_by(&self.framings);
                std::mem::replace(&mut held.entry, Arc::new(bare)).release();
            }
        }
    }

    fn forget(&mut self, offset: u64, gone: &Held) {
        gone.entry.release();
        self.bytes -= gone.entry.weight();
        self.notices -= usize::from(!gone.entry.is_history());
        if gone.superseded {
            return;
        }
        if !gone.entry.reach.is_public() {
            self.lost_to_some = offset;
            return;
        }
        self.lost = offset;
        if let Some(key) = &gone.entry.key {
            self.newest.remove(key);
        }
    }

    fn front_is_over(&self, now: Instant) -> bool {
        !self.within_limits() || self.entries.front().is_some_and(|held| self.is_aged(held, now))
    }

    fn is_aged(&self, held: &Held, now: Instant) -> bool {
        self.limits.age.is_some_and(|age| now.duration_since(held.entry.at) > age)
    }

    /// Whether an entry is there that readers would come for: one that was published for everybody and is not too old.
    pub(crate) fn has_history(&self, now: Instant) -> bool {
        let newest_first = self.entries.iter().rev();
        newest_first.take_while(|held| !self.is_aged(held, now)).any(|held| held.entry.is_history())
    }

    /// The gap a reader at `offset` has fallen into, if it has. It has not when all that is gone was superseded by what
    /// it still gets.
    pub(crate) fn gap(&self, offset: u64, reader: Option<Addressee>) -> Option<Gap> {
        let lost = self.lost.max(reader.map_or(0, |_| self.lost_to_some));
        let fell = offset < self.first() && offset <= lost;
        fell.then(|| Gap { from: offset, to: self.first(), reason: "trimmed" })
    }

    /// The offset before the newest `most` entries that are for everybody, and no joins or leaves, as far as they are kept.
    pub(crate) fn before_last(&self, most: usize) -> u64 {
        let Some(others) = most.checked_sub(1) else { return self.next - 1 };
        let said = self.entries.iter().enumerate().rev();
        let mut said = said.filter(|(_, held)| held.entry.is_history());
        self.first() + said.nth(others).map_or(0, |(index, _)| index as u64) - 1
    }

    /// Entries from `offset` on that are for the reader and that nothing has superseded, as many as `most` allows and at
    /// least one, and the offset to go on from: the one given, if there is nothing from there on.
    pub(crate) fn pending(
        &self,
        offset: u64,
        most: Share,
        reader: Option<Addressee>,
    ) -> (Vec<Arc<Entry>>, u64) {
        let mut next = offset.max(self.first());
        let skip = usize::try_from(next - self.first()).unwrap_or(usize::MAX);
        let behind = self.entries.iter().skip(skip);
        let mut found = Vec::with_capacity(behind.len().min(most.entries));
        let mut bytes = 0_usize;
        for held in behind.take(FARTHEST) {
            if !held.superseded && held.entry.reach.includes(reader) {
                bytes += held.entry.payload.len();
                if !found.is_empty() && (found.len() >= most.entries || bytes > most.bytes) {
                    break;
                }
                found.push(Arc::clone(&held.entry));
            }
            next += 1;
        }
        (found, next)
    }

    /// The newest `most` entries that are for everybody, and no joins or leaves, superseded or not.
    pub(crate) fn last(&self, most: usize) -> impl Iterator<Item = &Arc<Entry>> {
        let skip = usize::try_from(self.before_last(most) + 1 - self.first()).unwrap_or(usize::MAX);
        let entries = self.entries.iter().skip(skip).map(|held| &held.entry);
        entries.filter(|entry| entry.is_history())
    }
}
