//! One message, and its JSON, which is the same on every transport.

use std::io::Write;

use bytes::Bytes;
use serde::Serialize;

use crate::log::{Cursor, Entry};

/// A message on its way into a framing.
#[derive(Debug)]
pub(super) struct Message<'a> {
    pub(super) id: Option<Cursor>,
    pub(super) event: &'a str,
    /// JSON on one line.
    pub(super) data: Bytes,
}

impl<'a> Message<'a> {
    pub(super) fn of(entry: &'a Entry) -> Self {
        let event = entry.event.as_str();
        Self { id: Some(entry.cursor), event, data: entry.payload.clone() }
    }

    /// A message of the stream itself, which is no entry of any log.
    pub(super) fn control(event: &'a str, data: &impl Serialize) -> Self {
        let data = serde_json::to_vec(data).map_or_else(|_| Bytes::from_static(b"{}"), Bytes::from);
        Self { id: None, event, data }
    }

    /// `{"id":…,"event":…,"data":…}`: ids and event names have no character that JSON would escape.
    pub(super) fn write_json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{");
        if let Some(id) = self.id {
            put(out, format_args!("\"id\":\"{id}\","));
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
