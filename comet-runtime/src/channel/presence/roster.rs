//! The book of who is there. Plain data: whoever keeps it says what time it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tokio::time::Instant;

use super::list::{Member, Present, SHOWN};
use crate::channel::Person;

/// The most persons a channel counts. Who comes then follows without being counted, so that nobody can shut others out.
pub(super) const MOST: usize = 10_000;

/// Everyone who is there or was a moment ago.
#[derive(Debug, Default)]
pub(super) struct Roster {
    /// In the order in which they came.
    people: BTreeMap<u64, Attending>,
    by_person: HashMap<Person, u64>,
    /// Those without a reader, by the time at which they count as gone.
    absent: BTreeSet<(Instant, u64)>,
    next: u64,
    /// The first of the list, made when it is asked for after a change.
    shown: Option<Arc<[Member]>>,
}

#[derive(Debug)]
struct Attending {
    member: Member,
    /// `None` for one that nothing but its connection is known of.
    person: Option<Person>,
    readers: usize,
    gone_at: Option<Instant>,
}

/// What somebody's coming is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Coming {
    /// One more reader of a person who is there.
    Again(u64),
    /// A person who was not.
    New,
    /// There are as many as may be.
    Full,
}

impl Roster {
    /// What it would be if that person came. One who is there gets a further reader by it.
    pub(super) fn come(&mut self, person: &Person) -> Coming {
        let Some(number) = self.by_person.get(person).copied() else {
            return if self.count() < MOST { Coming::New } else { Coming::Full };
        };
        if let Some(attending) = self.people.get_mut(&number) {
            attending.readers += 1;
            if let Some(at) = attending.gone_at.take() {
                self.absent.remove(&(at, number));
            }
        }
        Coming::Again(number)
    }

    /// Adds a person with one reader.
    pub(super) fn add(&mut self, person: Person, member: Member) -> u64 {
        self.next += 1;
        let person = Some(person).filter(|person| *person != Person::Connection);
        if let Some(person) = &person {
            self.by_person.insert(person.clone(), self.next);
        }
        self.people.insert(self.next, Attending { member, person, readers: 1, gone_at: None });
        self.shown = None;
        self.next
    }

    /// Takes a reader away. Without another one the person is gone at the given time, or by now if there is none:
    /// then it is handed back.
    pub(super) fn leave(&mut self, number: u64, gone_at: Option<Instant>) -> Option<Member> {
        let attending = self.people.get_mut(&number)?;
        attending.readers = attending.readers.saturating_sub(1);
        if attending.readers > 0 {
            return None;
        }
        // Whoever is known by a connection only cannot come back.
        let Some(at) = gone_at.filter(|_| attending.person.is_some()) else {
            return self.remove(number);
        };
        attending.gone_at = Some(at);
        self.absent.insert((at, number));
        None
    }

    /// Takes a person away, with all readers.
    pub(super) fn expel(&mut self, person: &Person) -> Option<Member> {
        let number = self.by_person.get(person).copied()?;
        self.remove(number)
    }

    /// Takes the next one away whose time has come.
    pub(super) fn expire(&mut self, now: Instant) -> Option<Member> {
        let (_, number) = *self.absent.first().filter(|(at, _)| *at <= now)?;
        self.remove(number)
    }

    /// When the next one counts as gone.
    pub(super) fn next_expiry(&self) -> Option<Instant> {
        self.absent.first().map(|(at, _)| *at)
    }

    fn remove(&mut self, number: u64) -> Option<Member> {
        let gone = self.people.remove(&number)?;
        if let Some(person) = &gone.person {
            self.by_person.remove(person);
        }
        if let Some(at) = gone.gone_at {
            self.absent.remove(&(at, number));
        }
        self.shown = None;
        Some(gone.member)
    }

    pub(super) fn count(&self) -> usize {
        self.people.len()
    }

    pub(super) fn id(&self, number: u64) -> Option<Arc<str>> {
        self.people.get(&number).map(|attending| Arc::clone(&attending.member.id))
    }

    /// Those that came first.
    pub(super) fn shown(&mut self) -> Arc<[Member]> {
        let people = &self.people;
        let first = || people.values().take(SHOWN).map(|one| one.member.clone()).collect();
        Arc::clone(self.shown.get_or_insert_with(first))
    }

    /// Everyone.
    pub(super) fn present(&self) -> Present {
        Present { members: self.people.values().map(|one| one.member.clone()).collect() }
    }
}
