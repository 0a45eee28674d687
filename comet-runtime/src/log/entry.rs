//! One element of a log.

use std::sync::OnceLock;

use bytes::Bytes;
use tokio::time::Instant;

use super::{Cursor, EventName};

/// How many framings of an entry are kept: one for each that a transport may ask for.
const SLOTS: usize = 3;

/// An entry: position, event name and payload. What is put around it on the wire is made once and shared.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) cursor: Cursor,
    pub(crate) event: EventName,
    /// JSON without line breaks.
    pub(crate) payload: Bytes,
    pub(crate) at: Instant,
    framed: [OnceLock<Bytes>; SLOTS],
}

impl Entry {
    pub(crate) fn new(cursor: Cursor, event: EventName, payload: Bytes) -> Self {
        let payload = one_line(payload);
        Self { cursor, event, payload, at: Instant::now(), framed: Default::default() }
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
