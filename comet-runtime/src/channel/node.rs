//! One channel of this process: its log, and who follows it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::time::Instant;

use super::attributes::Attributes;
use super::every::copy;
use super::presence::{Presence, Present};
use super::seat::Seat;
use super::{Declaration, Every, HandlerId, Who};
use crate::log::{Addressee, Cursor, Draft, Limits, Log};
use crate::transport::{CutOff, Lane};

/// A channel.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: Arc<str>,
    pub(crate) declaration: &'static Declaration,
    pub(crate) log: Arc<Log>,
    lane: OnceLock<Arc<Lane>>,
    pub(super) presence: Option<Presence>,
    readers: Mutex<Readers>,
    every: Arc<Every>,
    /// Held while an entry and its copy are appended, so that both logs have one order.
    copying: Mutex<()>,
    pub(super) attributes: Attributes,
}

#[derive(Debug)]
struct Readers {
    next: u64,
    seated: HashMap<u64, Reading>,
    /// When somebody last had to do with the channel: whoever has just left may come back.
    used: Instant,
}

#[derive(Debug)]
struct Reading {
    user: Option<Box<str>>,
    cut_off: Arc<CutOff>,
    /// Of a suspended handler.
    suspended: Option<Addressee>,
}

impl Reading {
    fn is(&self, handler: HandlerId) -> bool {
        self.suspended.is_some_and(|suspended| suspended.id == handler.0)
    }
}

impl Node {
    pub(super) fn new(
        name: &str,
        declaration: &'static Declaration,
        every: Arc<Every>,
    ) -> Arc<Self> {
        let presence = declaration.presence.map(Presence::new);
        let made =
            Self { every, presence, ..Self::limited(name, declaration, declaration.limits()) };
        Arc::new(made)
    }

    /// Without presence, and a part of nothing.
    pub(super) fn limited(name: &str, declaration: &'static Declaration, limits: Limits) -> Self {
        let (name, log, copying) =
            (name.into(), Log::of(declaration.media, limits), Mutex::default());
        let readers = Readers { next: 0, seated: HashMap::new(), used: Instant::now() }.into();
        Self {
            name,
            declaration,
            log,
            lane: OnceLock::new(),
            presence: None,
            readers,
            every: Arc::default(),
            copying,
            attributes: Attributes::default(),
        }
    }

    /// Publishes entries in a row and hands back their offsets; a closed channel takes none of them.
    pub(crate) fn publish(&self, drafts: Vec<Draft>) -> Option<Range<u64>> {
        let every = self.every.publishing();
        let Some(all) = every.upgrade() else { return self.log.append_all(drafts) };
        let _copying = self.copying.lock().unwrap_or_else(PoisonError::into_inner);
        let offsets = self.log.append_all(drafts.clone())?;
        let drafts = drafts.into_iter().zip(offsets.clone());
        let public = drafts.filter(|(draft, _)| draft.reach.is_public());
        let copies = public.map(|(draft, offset)| {
            copy(draft, &self.name, Cursor::after(self.log.epoch(), offset))
        });
        all.log.append_all(copies.collect::<Vec<_>>());
        Some(offsets)
    }

    /// Publishes an entry and says how many suspended handlers get it: those that are there now, and no other.
    pub(super) fn notify(&self, draft: Draft) -> Option<usize> {
        let readers = self.readers();
        let suspended = readers.seated.values().filter_map(|reading| reading.suspended);
        let reached = suspended.filter(|handler| draft.reach.includes(Some(*handler))).count();
        self.publish(vec![draft])?;
        Some(reached)
    }

    /// Whether a suspended handler is there.
    pub(super) fn has(&self, handler: HandlerId) -> bool {
        let readers = self.readers();
        readers.seated.values().any(|reading| reading.is(handler))
    }

    /// A suspended handler is told nothing any more; whether it was there.
    pub(super) fn forget(&self, handler: HandlerId) -> bool {
        let mut readers = self.readers();
        let mut theirs = readers.seated.values_mut().filter(|reading| reading.is(handler));
        theirs.next().and_then(|reading| reading.suspended.take()).is_some()
    }

    /// The suspended handlers that are there, in the order they came.
    pub(super) fn suspended(&self) -> Vec<HandlerId> {
        let readers = self.readers();
        let there = readers.seated.iter().filter_map(|(number, reading)| {
            reading.suspended.map(|handler| (*number, HandlerId(handler.id)))
        });
        let mut there: Vec<_> = there.collect();
        drop(readers);
        there.sort_unstable_by_key(|(number, _)| *number);
        there.into_iter().map(|(_, handler)| handler).collect()
    }

    /// Notes that a reader is a suspended handler.
    pub(super) fn suspend(&self, number: u64, addressee: Addressee) {
        if let Some(reading) = self.readers().seated.get_mut(&number) {
            reading.suspended = Some(addressee);
        }
    }

    /// Where readers wait that have nothing to catch up with.
    pub(super) fn lane(&self) -> Arc<Lane> {
        let make = || Lane::new(Arc::clone(&self.name), Arc::clone(&self.log));
        Arc::clone(self.lane.get_or_init(make))
    }

    fn readers(&self) -> MutexGuard<'_, Readers> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it has promised to keep what it has for readers that come.
    pub(super) fn has_history(&self, now: Instant) -> bool {
        self.declaration.history.is_some() && self.log.has_history(now)
    }

    /// When somebody last had to do with it.
    pub(super) fn used(&self) -> Instant {
        self.readers().used
    }

    /// Somebody has to do with it.
    pub(super) fn touch(&self) {
        self.readers().used = Instant::now();
    }

    /// The position now, for somebody who will come with it.
    pub(super) fn cursor(&self) -> Cursor {
        self.touch();
        Cursor::after(self.log.epoch(), self.log.newest())
    }

    /// Counts a reader in.
    pub(crate) fn sit(self: &Arc<Self>, who: &Who) -> Seat {
        let cut_off = Arc::new(CutOff::default());
        let mut readers = self.readers();
        readers.next += 1;
        let number = readers.next;
        readers.seated.insert(
            number,
            Reading {
                user: who.user.as_deref().map(Into::into),
                cut_off: Arc::clone(&cut_off),
                suspended: None,
            },
        );
        drop(readers);
        let stay = self.presence.as_ref().map(|presence| presence.come(self, who.person.as_ref()));
        Seat::new(Arc::clone(self), number, cut_off, stay)
    }

    /// Counts a reader out.
    pub(super) fn stand_up(&self, number: u64) {
        let mut readers = self.readers();
        readers.seated.remove(&number);
        readers.used = Instant::now();
    }

    /// How many readers there are.
    pub(crate) fn count(&self) -> usize {
        self.readers().seated.len()
    }

    /// Who is there; `None` for a channel without presence.
    pub(crate) fn present(&self) -> Option<Present> {
        self.presence.as_ref().map(|presence| presence.present(self))
    }

    /// How often somebody's access to a channel of this type was revoked: a guard that was asked before the last time may
    /// have said too much.
    pub(super) fn revoked(&self) -> u64 {
        self.every.revoked()
    }

    /// Cuts a user's readers off and says how many there were.
    pub(crate) fn revoke(&self, user: &str) -> usize {
        let mut readers = self.readers();
        self.every.note_revoked();
        let theirs = readers.seated.extract_if(|_, reading| reading.user.as_deref() == Some(user));
        let cut = theirs.map(|(_, reading)| reading.cut_off.cut()).count();
        // Still under the lock of the readers, so that who is let in again from now on is counted anew.
        if let Some(presence) = &self.presence {
            presence.expel(self, user);
        }
        cut
    }

    /// Ends the channel: readers get what is left.
    pub(super) fn close(&self) {
        self.log.close();
        if let Some(presence) = &self.presence {
            presence.clear();
        }
    }
}
