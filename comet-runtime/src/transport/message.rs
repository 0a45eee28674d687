//! One message, and its JSON, which is the same on every transport.

use std::fmt::Display;
use std::io::Write;

use bytes::Bytes;
use serde::Serialize;

use crate::log::Entry;

/// A message on its way into a framing.
pub(crate) struct Message<'a> {
    /// Characters of `[A-Za-z0-9._~-]` only.
    pub(crate) id: Option<&'a dyn Display>,
    /// The channel it is of, in normal form, which has no character that JSON would escape.
    pub(crate) channel: Option<&'a str>,
    pub(crate) event: &'a str,
    /// What an `EventSource` is to call it, where that differs.
    pub(crate) heard_as: Option<&'a str>,
    /// JSON on one line.
    pub(crate) data: Bytes,
}

impl<'a> Message<'a> {
    pub(crate) fn of(entry: &'a Entry) -> Self {
        Self { id: Some(&entry.cursor), ..Self::new(entry.event.as_str(), entry.json()) }
    }

    /// An entry as all readers of its channel alone get it.
    pub(crate) fn on_channel(name: &'a str, entry: &'a Entry) -> Self {
        Self { channel: Some(name), ..Self::of(entry) }
    }

    pub(crate) fn new(event: &'a str, data: Bytes) -> Self {
        Self { id: None, channel: None, event, heard_as: None, data }
    }

    /// A message of the stream itself, which is no entry of any log.
    pub(super) fn control(event: &'a str, data: &impl Serialize) -> Self {
        let data = serde_json::to_vec(data).map_or_else(|_| Bytes::from_static(b"{}"), Bytes::from);
        Self::new(event, data)
    }

    /// `{"id":…,"channel":…,"event":…,"data":…}`: none of the first three has a character that JSON would escape.
    pub(crate) fn write_json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{");
        if let Some(id) = self.id {
            put(out, format_args!("\"id\":\"{id}\","));
        }
        if let Some(channel) = self.channel {
            put(out, format_args!("\"channel\":\"{channel}\","));
        }
        put(out, format_args!("\"event\":\"{}\",\"data\":", self.event));
        out.extend_from_slice(&self.data);
        out.extend_from_slice(b"}");
    }
}

/// Writes formatted text; memory takes it all.
pub(super) fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
