//! One element of a log.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use tokio::time::Instant;

use super::framed::{Framed, Total};
use super::{At, Cursor, EventName, media};

/// What an entry is the state of: an entry is superseded by the next one of its key. Told apart byte by byte.
pub(crate) type Key = Arc<[u8]>;

/// An entry that has no position yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) event: EventName,
    pub(crate) payload: Bytes,
    pub(crate) key: Option<Key>,
    pub(crate) origin: Option<Arc<Origin>>,
    pub(crate) reach: Reach,
}

/// Whom an entry is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    #[default]
    All,
    /// The reader with this number alone.
    One(u64),
    /// The readers of this kind alone.
    Kind(Arc<str>),
    /// Everybody but the reader with this number.
    Others(u64),
}

/// A reader that can be told apart. Those that cannot get what is for everybody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addressee {
    pub(crate) id: u64,
    pub(crate) kind: &'static str,
}

impl Reach {
    /// Whether it is for readers that nobody has told apart.
    pub(crate) fn is_public(&self) -> bool {
        matches!(self, Self::All | Self::Others(_))
    }

    pub(crate) fn includes(&self, reader: Option<Addressee>) -> bool {
        match (self, reader) {
            (Self::All, _) | (Self::Others(_), None) => true,
            (Self::Others(id), Some(reader)) => *id != reader.id,
            (Self::One(id), Some(reader)) => *id == reader.id,
            (Self::Kind(kind), Some(reader)) => **kind == *reader.kind,
            (Self::One(_) | Self::Kind(_), None) => false,
        }
    }
}

/// Where an entry was published that this one is a copy of.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) channel: Arc<str>,
    pub(crate) cursor: Cursor,
}

impl Draft {
    /// Of no key: nothing ever supersedes it.
    pub(crate) fn new(event: EventName, payload: Bytes) -> Self {
        Self { event, payload, key: None, origin: None, reach: Reach::All }
    }
}

/// An entry: position, event name and payload. What is put around it on the wire is made once and shared.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) cursor: Cursor,
    pub(crate) event: EventName,
    /// JSON without line breaks; any bytes in a log of a media type.
    pub(crate) payload: Bytes,
    pub(super) key: Option<Key>,
    pub(crate) origin: Option<Arc<Origin>>,
    pub(super) reach: Reach,
    pub(crate) at: Instant,
    /// Bytes of a media type as JSON; `None` where the payload is JSON.
    as_json: Option<Box<AsJson>>,
    framed: Framed,
}

/// The JSON that stands for bytes: a string with a `data:` URL (RFC 2397), made for the first reader.
#[derive(Debug)]
struct AsJson {
    media: &'static str,
    url: OnceLock<Bytes>,
}

impl Entry {
    pub(crate) fn new(cursor: Cursor, draft: Draft) -> Self {
        let payload = one_line(draft.payload);
        Self::with(cursor, Draft { payload, ..draft }, None)
    }

    /// An entry of bytes of a media type.
    pub(crate) fn of_media(media: &'static str, cursor: Cursor, draft: Draft) -> Self {
        let as_json = AsJson { media, url: OnceLock::new() };
        Self::with(cursor, draft, Some(Box::new(as_json)))
    }

    fn with(cursor: Cursor, draft: Draft, as_json: Option<Box<AsJson>>) -> Self {
        let Draft { event, payload, key, origin, reach } = draft;
        let (at, framed) = (Instant::now(), Default::default());
        Self { cursor, event, payload, key, origin, reach, at, as_json, framed }
    }

    /// Its offset; 0 for the last entry of a log, which stands at the end whatever was before.
    pub(crate) fn offset(&self) -> u64 {
        match self.cursor.at() {
            At::Entry(_, offset) => offset,
            At::Done => 0,
        }
    }

    /// The payload as JSON on one line.
    pub(crate) fn json(&self) -> Bytes {
        let Some(as_json) = &self.as_json else { return self.payload.clone() };
        let make = || {
            let url = media::url_as_json(as_json.media, &self.payload);
            self.framed.count(url.len());
            url
        };
        as_json.url.get_or_init(make).clone()
    }

    /// Whether it is an event of the log's own, for everybody to read.
    pub(super) fn is_history(&self) -> bool {
        !self.event.is_presence() && self.reach.is_public()
    }

    /// The entry's bytes in the framing that owns `slot`, made by `encode` for the first reader and shared by the rest.
    pub(crate) fn framed(&self, slot: usize, encode: impl FnOnce() -> Bytes) -> Bytes {
        self.framed.get(slot, encode)
    }

    /// From now on a log holds the entry, and its framings count.
    pub(super) fn held_by(&mut self, framings: &Total) {
        self.framed.held_by(framings);
    }

    /// The log lets go of the entry.
    pub(super) fn release(&self) {
        self.framed.release();
    }

    /// The same entry without its framings, if it has any.
    pub(super) fn bare(&self) -> Option<Self> {
        let as_json = self.as_json.as_ref();
        let as_json = as_json.map(|a| Box::new(AsJson { media: a.media, url: OnceLock::new() }));
        self.framed.is_counted().then(|| Self {
            cursor: self.cursor,
            event: self.event.clone(),
            payload: self.payload.clone(),
            key: self.key.clone(),
            origin: self.origin.clone(),
            reach: self.reach.clone(),
            at: self.at,
            as_json,
            framed: Framed::default(),
        })
    }

    /// How many bytes there are of it beside the payload.
    #[cfg(test)]
    pub(crate) fn framed_bytes(&self) -> usize {
        let url = self.as_json.as_ref().and_then(|as_json| as_json.url.get()).map_or(0, Bytes::len);
        self.framed.bytes() + url
    }

    /// What the entry counts against a log's byte limit: its payload, its key and a flat share for the rest. Framings
    /// have a limit of their own.
    pub(crate) fn weight(&self) -> usize {
        let key = self.key.as_ref().map_or(0, |key| key.len());
        self.payload.len() + key + std::mem::size_of::<Self>()
    }
}

/// JSON on one line. Only raw values that a handler passes through can have line breaks, and then only between tokens.
fn one_line(json: Bytes) -> Bytes {
    // Looking for one byte at a time is done many bytes at once.
    if !json.contains(&b'\n') && !json.contains(&b'\r') {
        return json;
    }
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    json.iter().map(|byte| if is_break(byte) { b' ' } else { *byte }).collect()
}
