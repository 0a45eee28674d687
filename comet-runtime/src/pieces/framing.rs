//! An entry in its framings, and a client's frames.

use bytes::Bytes;

use crate::log::{Cursor, Draft, Entry, Epoch, EventName};
use crate::transport::{self, Transport, polled_alone};

/// What an entry is put into.
#[derive(Clone, Copy)]
pub struct Framing {
    pub name: &'static str,
    encode: fn(&Entry) -> Bytes,
}

/// The name of the channel.
const NAME: &str = "rooms/7";

fn shared(transport: Transport, entry: &Entry) -> Bytes {
    transport.shared(entry, |entry| transport::Message::on_channel(NAME, entry))
}

pub const FRAMINGS: [Framing; 5] = [
    Framing { name: "SSE", encode: |entry| shared(Transport::Sse, entry) },
    Framing { name: "NDJSON", encode: |entry| shared(Transport::Ndjson, entry) },
    Framing { name: "frame", encode: |entry| shared(Transport::Frame, entry) },
    Framing { name: "WebSocket", encode: |entry| shared(Transport::WebSocket, entry) },
    Framing {
        name: "long poll",
        encode: |entry| polled_alone(entry, |entry| transport::Message::on_channel(NAME, entry)),
    },
];

/// An entry that no reader has come for yet.
pub struct Message(Entry);

impl Message {
    pub fn new(payload: &Bytes) -> Self {
        let cursor = Cursor::after(Epoch::random(), 7);
        Self(Entry::new(cursor, Draft::new(EventName::MESSAGE, payload.clone())))
    }

    /// Its bytes: made if they were not yet, shared if they were.
    pub fn bytes(&self, framing: Framing) -> Bytes {
        (framing.encode)(&self.0)
    }
}

/// How many messages a client's bytes are.
pub fn websocket(bytes: &[u8]) -> usize {
    transport::websocket::decoded([bytes]).0.len()
}
