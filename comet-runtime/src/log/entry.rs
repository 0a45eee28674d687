//! One element of a log.

use std::sync::OnceLock;

use bytes::Bytes;
use tokio::time::Instant;

use super::{Cursor, EventName, media};

/// How many framings of an entry are kept: one for each that a transport may ask for.
const SLOTS: usize = 4;

/// An entry: position, event name and payload. What is put around it on the wire is made once and shared.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) cursor: Cursor,
    pub(crate) event: EventName,
    /// JSON without line breaks; any bytes in a log of a media type.
    pub(crate) payload: Bytes,
    pub(crate) at: Instant,
    /// Bytes of a media type as JSON; `None` where the payload is JSON.
    as_json: Option<Box<AsJson>>,
    framed: [OnceLock<Bytes>; SLOTS],
}

/// The JSON that stands for bytes: a string with a `data:` URL (RFC 2397), made for the first reader.
#[derive(Debug)]
struct AsJson {
    media: &'static str,
    url: OnceLock<Bytes>,
}

impl Entry {
    pub(crate) fn new(cursor: Cursor, event: EventName, payload: Bytes) -> Self {
        Self::with(cursor, event, one_line(payload), None)
    }

    /// An entry of bytes of a media type.
    pub(crate) fn of_media(
        media: &'static str,
        cursor: Cursor,
        event: EventName,
        bytes: Bytes,
    ) -> Self {
        let as_json = AsJson { media, url: OnceLock::new() };
        Self::with(cursor, event, bytes, Some(Box::new(as_json)))
    }

    fn with(
        cursor: Cursor,
        event: EventName,
        payload: Bytes,
        as_json: Option<Box<AsJson>>,
    ) -> Self {
        Self { cursor, event, payload, at: Instant::now(), as_json, framed: Default::default() }
    }

    /// The payload as JSON on one line.
    pub(crate) fn json(&self) -> Bytes {
        let Some(as_json) = &self.as_json else { return self.payload.clone() };
        as_json.url.get_or_init(|| media::url_as_json(as_json.media, &self.payload)).clone()
    }

    /// The entry's bytes in the framing that owns `slot`, made by `encode` for the first reader and shared by the rest.
    pub(crate) fn framed(&self, slot: usize, encode: impl FnOnce() -> Bytes) -> Bytes {
        self.framed.get(slot).map_or_else(Bytes::new, |cell| cell.get_or_init(encode).clone())
    }

    /// What the entry counts against a log's byte limit: its payload and a flat share for the rest.
    pub(crate) fn weight(&self) -> usize {
        self.payload.len() + std::mem::size_of::<Self>()
    }
}

/// JSON on one line. Only raw values that a handler passes through can have line breaks, and then only between tokens.
fn one_line(json: Bytes) -> Bytes {
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    if !json.iter().any(is_break) {
        return json;
    }
    json.iter().map(|byte| if is_break(byte) { b' ' } else { *byte }).collect()
}
