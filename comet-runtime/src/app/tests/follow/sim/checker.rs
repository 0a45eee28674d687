//! The invariant: events received in order are the events published, each once, or a gap that covers exactly what is
//! missing.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::parse::Message;
use super::world::Channel;

/// Where a reader is in a channel: in which of its logs, and which offset has to come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) log: usize,
    pub(super) next: u64,
}

/// What one reader has got so far, by channel.
#[derive(Debug, Default)]
pub(super) struct Checker {
    places: BTreeMap<String, Place>,
    pub(super) seen: Seen,
}

/// How often things happened, to show that a run was no idle one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) entries: usize,
    pub(super) trimmed: usize,
    pub(super) epochs: usize,
    pub(super) closed: usize,
}

impl std::ops::AddAssign for Seen {
    fn add_assign(&mut self, other: Self) {
        self.entries += other.entries;
        self.trimmed += other.trimmed;
        self.epochs += other.epochs;
        self.closed += other.closed;
    }
}

pub(super) type Finding = Result<(), String>;

fn require(holds: bool, finding: impl FnOnce() -> String) -> Finding {
    if holds { Ok(()) } else { Err(finding()) }
}

impl Checker {
    /// The reader has learnt where it begins.
    pub(super) fn begin(&mut self, channel: &str, place: Place) {
        self.places.entry(channel.to_owned()).or_insert(place);
    }

    /// The reader has forgotten everything.
    pub(super) fn forget(&mut self) {
        self.places.clear();
    }

    pub(super) fn place(&self, channel: &str) -> Option<Place> {
        self.places.get(channel).copied()
    }

    fn here(&mut self, channel: &Channel) -> Result<&mut Place, String> {
        self.places.get_mut(channel.name).ok_or(format!("{} before its hello", channel.name))
    }

    pub(super) fn entry(&mut self, channel: &Channel, message: &Message) -> Finding {
        let number = |key: &str| message.data[key].as_u64();
        let place = self.here(channel)?;
        let got = (number("log"), number("offset"));
        require(got == (Some(place.log as u64), Some(place.next)), || {
            let kind = if got.1 < Some(place.next) { "twice" } else { "lost" };
            format!("{kind}: {} got {got:?} where {place:?} was due", channel.name)
        })?;
        place.next += 1;
        self.seen.entries += 1;
        Ok(())
    }

    /// A gap, on a connection that follows the given log of the channel.
    pub(super) fn gap(&mut self, channel: &Channel, log: usize, data: &Value) -> Finding {
        let (from, to) = (data["from"].as_u64().unwrap(), data["to"].as_u64().unwrap());
        let place = self.here(channel)?;
        let due = match data["reason"].as_str() {
            Some("trimmed") => place.log == log && from == place.next && to > from,
            Some("epoch") => place.log < log && from == 0,
            _ => false,
        };
        require(due, || format!("a gap of {} that is none: {data} at {place:?}", channel.name))?;
        require(to <= channel.oldest(log), || format!("a gap over what is there: {data}"))?;
        let count = if from == 0 { &mut self.seen.epochs } else { &mut self.seen.trimmed };
        *count += 1;
        self.places.insert(channel.name.to_owned(), Place { log, next: to });
        Ok(())
    }

    /// The end of a channel's log: only after all that was in it.
    pub(super) fn closed(&mut self, channel: &Channel, data: &Value) -> Finding {
        let place = *self.here(channel)?;
        if data["reason"] == "closed" {
            self.seen.closed += 1;
            return self.complete(channel, place.log);
        }
        require(data["reason"] == "slow" && channel.name.starts_with("cut"), || format!("{data}"))
    }

    /// Whether everything has come that there was in that log.
    pub(super) fn complete(&self, channel: &Channel, log: usize) -> Finding {
        let all = Place { log, next: channel.newest(log) + 1 };
        let place = self.place(channel.name);
        require(place.is_none_or(|place| place == all), || {
            format!("lost: {} ended at {place:?} with {all:?} to come", channel.name)
        })
    }
}
