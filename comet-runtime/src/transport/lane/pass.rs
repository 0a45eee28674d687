//! What is new on a channel, as the bytes that all riders of one manner get.

use std::sync::Arc;

use bytes::Bytes;

use crate::log::Entry;
use crate::transport::{Message, Transport, chunk, polled_alone};

/// Entries in a row.
#[derive(Debug)]
pub(super) struct Pass {
    /// Nothing where each has to read it by itself.
    pub(super) bytes: Bytes,
    /// Of each entry: where its bytes end, and its offset.
    ends: Vec<(usize, u64)>,
    /// The offset behind them.
    pub(super) next: u64,
}

impl Pass {
    pub(super) fn new(
        name: &str,
        entries: &[Arc<Entry>],
        next: u64,
        transport: Transport,
        chunked: bool,
    ) -> Self {
        if transport == Transport::Json {
            return Self::reply(name, entries, next);
        }
        let shared =
            |entry: &Arc<Entry>| transport.shared(entry, |entry| Message::on_channel(name, entry));
        if let ([entry], false) = (entries, chunked) {
            let bytes = shared(entry);
            return Self { ends: vec![(bytes.len(), entry.offset())], bytes, next };
        }
        let messages: Vec<_> = entries.iter().map(shared).collect();
        let length = messages.iter().map(|message| message.len() + chunk::MOST_AROUND).sum();
        let (mut bytes, mut ends) = (Vec::with_capacity(length), Vec::with_capacity(entries.len()));
        for (message, entry) in messages.iter().zip(entries) {
            match chunked {
                true => chunk::put(message, &mut bytes),
                false => bytes.extend_from_slice(message),
            }
            ends.push((bytes.len(), entry.offset()));
        }
        Self { bytes: bytes.into(), ends, next }
    }

    /// The whole reply to a poll. Of several entries polls may need different parts.
    fn reply(name: &str, entries: &[Arc<Entry>], next: u64) -> Self {
        let (bytes, ends) = match entries {
            [entry] => {
                let bytes = polled_alone(entry, |entry| Message::on_channel(name, entry));
                let end = (bytes.len(), entry.offset());
                (bytes, vec![end])
            }
            _ => (Bytes::new(), Vec::new()),
        };
        Self { bytes, ends, next }
    }

    /// Where the bytes begin for a rider that reads `next` next.
    pub(super) fn start(&self, next: u64) -> usize {
        let before = self.ends.partition_point(|(_, offset)| *offset < next);
        before.checked_sub(1).and_then(|last| self.ends.get(last)).map_or(0, |(end, _)| *end)
    }

    /// For a rider whose socket took the bytes up to `end`, and that stood before the offset `next`: what is left of the
    /// entry that it has a part of, and the offset it reads next then.
    pub(super) fn rest(&self, end: usize, next: u64) -> (Bytes, u64) {
        let whole = self.ends.partition_point(|(behind, _)| *behind <= end);
        let before = whole.checked_sub(1).and_then(|last| self.ends.get(last));
        let (start, next) =
            before.map_or((0, next), |(behind, offset)| (*behind, next.max(offset + 1)));
        match self.ends.get(whole) {
            Some((behind, offset)) if end > start => (self.bytes.slice(end..*behind), offset + 1),
            _ => (Bytes::new(), next),
        }
    }
}
