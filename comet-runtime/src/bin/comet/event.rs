//! The messages of a stream, as `docs/protocol.md` has them.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

/// One line of a stream.
#[derive(Debug, Deserialize)]
pub(crate) struct Message<'a> {
    #[serde(borrow)]
    pub(crate) id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) channel: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) event: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) data: &'a RawValue,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Hello {
    /// Milliseconds.
    pub(crate) heartbeat: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Bye {
    /// Milliseconds.
    pub(crate) after: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Gap {
    channel: String,
    from: u64,
    to: u64,
    reason: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Closed {
    channel: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Problem {
    pub(crate) detail: String,
}

impl Gap {
    pub(crate) fn told(&self) -> String {
        let Self { channel, from, to, reason } = self;
        if *from == 0 {
            return format!(
                "gap in {channel}: its log has begun anew, and all that it keeps follows ({reason})"
            );
        }
        let last = to.saturating_sub(1);
        format!("gap in {channel}: events {from} to {last} are gone ({reason})")
    }
}

impl Closed {
    pub(crate) fn told(&self) -> String {
        format!("end of {} ({})", self.channel, self.reason)
    }
}
