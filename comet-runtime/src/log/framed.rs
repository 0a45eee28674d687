//! An entry's bytes in each framing: made once and shared, and counted as long as the log holds them.

use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

/// How many framings of an entry are kept: one for each that a transport may ask for.
const SLOTS: usize = 5;

/// What the framings of all entries that a log holds take together. Below 0 for moments only.
pub(super) type Total = Arc<AtomicIsize>;

/// The framings of an entry.
#[derive(Debug, Default)]
pub(super) struct Framed {
    slots: [OnceLock<Bytes>; SLOTS],
    account: Option<Account>,
}

#[derive(Debug)]
struct Account {
    log: Total,
    own: AtomicUsize,
}

/// The log does not hold the entry any more: what its readers still make is theirs.
const GONE: usize = usize::MAX;

impl Framed {
    /// From now on a log holds the entry.
    pub(super) fn held_by(&mut self, log: &Total) {
        self.account = Some(Account { log: Arc::clone(log), own: AtomicUsize::new(0) });
    }

    /// The bytes in the framing that owns `slot`, made by `encode` for the first reader and shared by the rest.
    pub(super) fn get(&self, slot: usize, encode: impl FnOnce() -> Bytes) -> Bytes {
        let Some(cell) = self.slots.get(slot) else { return Bytes::new() };
        let make = || {
            let bytes = encode();
            self.count(bytes.len());
            bytes
        };
        cell.get_or_init(make).clone()
    }

    /// Counts what is kept beside the payload.
    pub(super) fn count(&self, bytes: usize) {
        let Some(Account { log, own }) = &self.account else { return };
        let more = |own| (own != GONE).then(|| own + bytes);
        if own.fetch_update(Ordering::AcqRel, Ordering::Acquire, more).is_ok() {
            log.fetch_add(bytes.cast_signed(), Ordering::AcqRel);
        }
    }

    /// Whether there is anything that the log holds.
    pub(super) fn is_counted(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.own.load(Ordering::Acquire) > 0)
    }

    /// The log lets go of the entry.
    pub(super) fn release(&self) {
        let Some(Account { log, own }) = &self.account else { return };
        match own.swap(GONE, Ordering::AcqRel) {
            GONE => {}
            counted => {
                log.fetch_sub(counted.cast_signed(), Ordering::AcqRel);
            }
        }
    }

    /// How many bytes there are.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.slots.iter().filter_map(OnceLock::get).map(Bytes::len).sum()
    }
}
