//! Queued commands as the JSON they will be sent as.

use bytes::Bytes;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::argument::ArgumentError;
use crate::error::Error;

/// A JSON array that grows by one command at a time.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// The array without its closing bracket; empty when nothing is queued.
    json: Vec<u8>,
    /// The first argument that could not be used: chaining goes on, and `flush` tells.
    failed: Option<ArgumentError>,
}

/// One field of a command.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field<'a> {
    Text(&'a str),
    Json(&'a RawValue),
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(json) => json.serialize(serializer),
        }
    }
}

/// A command: its fields in order, its type last, as Sijax writes them.
struct Command<'a> {
    kind: &'a str,
    fields: &'a [(&'a str, Field<'a>)],
}

impl Serialize for Command<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len() + 1))?;
        for (key, value) in self.fields {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry("type", self.kind)?;
        map.end()
    }
}

impl Queue {
    pub(super) fn push(&mut self, kind: &str, fields: &[(&str, Field<'_>)]) {
        match serde_json::to_vec(&Command { kind, fields }) {
            Ok(command) => self.append(&command),
            Err(error) => self.fail(ArgumentError::new(kind, "", error)),
        }
    }

    /// A command as JSON. Line breaks between its tokens, which a framing by lines would end at, become blanks.
    pub(super) fn append(&mut self, command: &[u8]) {
        self.json.push(if self.json.is_empty() { b'[' } else { b',' });
        let in_line = |byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { byte };
        self.json.extend(command.iter().copied().map(in_line));
    }

    pub(super) fn fail(&mut self, error: ArgumentError) {
        self.failed.get_or_insert(error);
    }

    pub(super) fn clear(&mut self) {
        self.json.clear();
        self.failed = None;
    }

    /// The array of everything queued, if anything is. After a failure nothing of it counts.
    pub(super) fn take(&mut self) -> Result<Option<Bytes>, Error> {
        let mut json = std::mem::take(&mut self.json);
        if let Some(error) = self.failed.take() {
            return Err(error.into());
        }
        if json.is_empty() {
            return Ok(None);
        }
        json.push(b']');
        Ok(Some(Bytes::from(json)))
    }
}
