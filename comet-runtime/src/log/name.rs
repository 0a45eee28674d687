//! Event names: what a typed event is called on the wire.

use std::borrow::Cow;
use std::fmt;

/// The name of an event, as `addEventListener` in a browser sees it.
///
/// At most 64 characters of `A-Z a-z 0-9 _ . -`, so that no framing can be broken by one. The names that Comet itself
/// uses (`hello`, `page`, `join`, `leave`, `beat`, `gap`, `closed`, `done`, `error`, `bye`, and `open`, which browsers
/// dispatch themselves) are refused.
///
/// ```
/// use comet::EventName;
/// assert_eq!(EventName::new("quote").unwrap().as_str(), "quote");
/// assert!(EventName::new("a\nb").is_err());
/// assert!(EventName::new("error").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventName(Cow<'static, str>);

/// A name that cannot be an event's: the message says what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot be an event name: {reason}", name.escape_default())]
pub struct InvalidEventName {
    name: String,
    reason: &'static str,
}

const RESERVED: [&str; 11] =
    ["hello", "page", "join", "leave", "beat", "gap", "closed", "done", "error", "bye", "open"];
const LONGEST: usize = 64;

impl EventName {
    /// The name of an event that was given none; browsers call it the same.
    pub const MESSAGE: Self = Self(Cow::Borrowed("message"));
    pub(crate) const PAGE: Self = Self(Cow::Borrowed("page"));
    /// Somebody came to a channel with presence.
    pub(crate) const JOIN: Self = Self(Cow::Borrowed("join"));
    /// Somebody left it.
    pub(crate) const LEAVE: Self = Self(Cow::Borrowed("leave"));
    pub(crate) const DONE: Self = Self(Cow::Borrowed("done"));
    pub(crate) const ERROR: Self = Self(Cow::Borrowed("error"));

    /// Checks a name.
    ///
    /// # Errors
    ///
    /// The name is empty, longer than 64 characters, has a character outside `A-Z a-z 0-9 _ . -`, or is reserved.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Result<Self, InvalidEventName> {
        let name = name.into();
        let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
        let reason = if name.is_empty() {
            "it is empty"
        } else if name.len() > LONGEST {
            "it has more than 64 characters"
        } else if !name.bytes().all(legal) {
            "only letters, digits, `_`, `.` and `-` are allowed"
        } else if Self::is_reserved(&name) {
            "Comet or the browser uses that name itself"
        } else {
            return Ok(Self(name));
        };
        Err(InvalidEventName { name: name.into_owned(), reason })
    }

    /// Whether it tells of who is there, and is nothing that anybody published.
    pub(crate) fn is_presence(&self) -> bool {
        matches!(&*self.0, "join" | "leave")
    }

    /// Whether Comet or the browser uses that name itself.
    pub(crate) fn is_reserved(name: &str) -> bool {
        RESERVED.contains(&name)
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
