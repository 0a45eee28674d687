//! Values on their way out of a URL.

use std::borrow::Cow;
use std::fmt;

use crate::percent::{Unit, units};

/// Why a value of a URL is not text.
///
/// ```
/// let error = comet_route::decode("100%").unwrap_err();
/// assert_eq!(error.to_string(), "the `%` at byte 3 begins no percent escape");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// The `%` at this byte is not followed by two hex digits.
    BadEscape(usize),
    /// The decoded bytes are not UTF-8 from this decoded byte on.
    NotUtf8(usize),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadEscape(at) => write!(f, "the `%` at byte {at} begins no percent escape"),
            Self::NotUtf8(at) => write!(f, "the decoded bytes are not UTF-8 from byte {at} on"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Reads a value that [`Route::matches`](crate::Route::matches) or a router found in a path:
/// undoes its percent escapes, once. A `+` stays a `+`. Borrows when nothing is escaped.
///
/// # Errors
/// A `%` that begins no escape (never after [`normalize_path`](crate::normalize_path)), or bytes
/// that are not UTF-8.
///
/// ```
/// use comet_route::{DecodeError, decode};
///
/// assert_eq!(decode("caf%C3%A9")?, "café");
/// assert_eq!(decode("%FF"), Err(DecodeError::NotUtf8(0)));
/// # Ok::<(), DecodeError>(())
/// ```
pub fn decode(value: &str) -> Result<Cow<'_, str>, DecodeError> {
    if !value.contains('%') {
        return Ok(Cow::Borrowed(value));
    }
    let mut bytes = Vec::with_capacity(value.len());
    for (at, unit) in units(value) {
        match unit {
            Unit::Literal(byte) | Unit::Escape(byte) => bytes.push(byte),
            Unit::Stray => return Err(DecodeError::BadEscape(at)),
        }
    }
    String::from_utf8(bytes)
        .map(Cow::Owned)
        .map_err(|error| DecodeError::NotUtf8(error.utf8_error().valid_up_to()))
}
