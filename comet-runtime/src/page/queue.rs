//! Queued commands as the JSON they will be sent as.

use bytes::Bytes;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::error::Error;

/// A JSON array that grows by one command at a time.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// The array without its closing bracket; empty when nothing is queued.
    json: Vec<u8>,
    /// The first command that could not be written: chaining goes on, and `flush` tells.
    failed: Option<serde_json::Error>,
}

/// One field of a command.
#[derive(Debug)]
pub(super) enum Field<'a> {
    Text(&'a str),
    Json(Box<RawValue>),
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
        self.write(&Command { kind, fields });
    }

    /// A command of the caller's own making, which is to be an object with a `type`.
    pub(super) fn write(&mut self, command: &impl Serialize) {
        match serde_json::to_vec(command) {
            Ok(command) => {
                self.json.push(if self.json.is_empty() { b'[' } else { b',' });
                self.json.extend_from_slice(&command);
            }
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn fail(&mut self, error: serde_json::Error) {
        self.failed.get_or_insert(error);
    }

    pub(super) fn clear(&mut self) {
        self.json.clear();
        self.failed = None;
    }

    /// The array of everything queued, if anything is.
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
