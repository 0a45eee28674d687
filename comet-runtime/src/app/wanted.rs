//! What a request for channels asks for.

use std::collections::HashSet;

use http::StatusCode;
use http::request::Parts;

use super::cursor;
use super::waiting::Wishes;
use crate::channel::Positions;
use crate::error::Error;
use crate::log::Cursor;
use crate::query;

/// More channels than one stream may have.
pub(super) const MOST: usize = 64;

/// What a request for channels says in its query and in `Last-Event-ID`.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) channels: Vec<String>,
    pub(super) start: Start,
    pub(super) history: usize,
    /// Whether a poll is answered at once, with who is there.
    pub(super) present: bool,
    /// After how many bytes the caller wants to begin a stream anew.
    pub(super) recycle: Option<usize>,
    pub(super) polling: Wishes,
}

/// Where a caller goes on.
#[derive(Debug)]
pub(super) enum Start {
    /// After these positions; none for a caller that comes for the first time.
    After(Positions),
    /// It has seen the end.
    Done,
}

impl Wanted {
    /// Reads a request.
    ///
    /// # Errors
    ///
    /// 400 for too many channels, and for numbers and ids that are none.
    pub(super) fn read(parts: &Parts) -> Result<Self, Error> {
        let (mut channels, mut cursor, mut history) = (Vec::new(), None, 0);
        let (mut present, mut recycle) = (false, None);
        let mut polling = Wishes::default();
        let query = parts.uri.query().unwrap_or_default();
        for (key, value) in query::pairs(query) {
            match &*key {
                "channel" => channels.push(value.into_owned()),
                "cursor" => cursor = Some(value.into_owned()),
                "history" => history = most(number("history", &value)?),
                "present" => present = value != "0",
                "recycle" => recycle = Some(most(number("recycle", &value)?)),
                key => polling.read(key, &value)?,
            }
        }
        let start = cursor::texts(&parts.headers, cursor.as_deref()).find_map(Start::read);
        let start = start.unwrap_or_else(|| Start::After(Positions::default()));
        if channels.len() > MOST {
            let many = channels.iter().collect::<HashSet<_>>().len();
            if many > MOST {
                return Err(bad(format!("a stream has at most {MOST} channels, not {many}")));
            }
        }
        Ok(Self { channels, start, history, present, recycle, polling })
    }

    /// Refuses a request that names no channel, with 400.
    pub(super) fn some(self) -> Result<Self, Error> {
        if self.channels.is_empty() {
            return Err(bad("name the channels to follow: ?channel=…&channel=…".to_owned()));
        }
        Ok(self)
    }
}

impl Start {
    /// Reads a cursor; text that is none does not count.
    fn read(text: &str) -> Option<Self> {
        let positions = Positions::read(text);
        if positions.is_empty() {
            return (text.parse() == Ok(Cursor::DONE)).then_some(Self::Done);
        }
        Some(Self::After(positions))
    }
}

fn most(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Reads a number.
pub(super) fn number(key: &str, value: &str) -> Result<u64, Error> {
    value.parse().map_err(|_| bad(format!("`{key}` is a number, not `{}`", value.escape_default())))
}

fn bad(detail: String) -> Error {
    Error::new(StatusCode::BAD_REQUEST, detail)
}
