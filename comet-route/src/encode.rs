//! Values on their way into a URL.

use std::borrow::Cow;

use crate::percent::{is_segment_byte, is_unreserved, push_escape};

/// Writes a value so that it is one path segment: everything but RFC 3986's `pchar` is escaped,
/// `/` and `%` too.
///
/// Three values cannot be a segment: the empty one leaves nothing to match, and clients resolve
/// `.` and `..`, escaped or not, before they send a request. They become ``, `%2E` and `%2E%2E`,
/// which Comet itself reads back; ask [`fits_segment`] before a link leaves the house.
///
/// ```
/// use comet_route::encode_segment;
///
/// assert_eq!(encode_segment("a/b c"), "a%2Fb%20c");
/// assert_eq!(encode_segment("me@home"), "me@home");
/// assert_eq!(encode_segment(".."), "%2E%2E");
/// ```
#[must_use]
pub fn encode_segment(value: &str) -> Cow<'_, str> {
    match value {
        "." => Cow::Borrowed("%2E"),
        ".." => Cow::Borrowed("%2E%2E"),
        _ => escape(value, is_segment_byte),
    }
}

/// Writes a value for `{*rest}`: each piece between slashes as [`encode_segment`] does, the
/// slashes as they are.
///
/// ```
/// assert_eq!(comet_route::encode_rest("a b/c"), "a%20b/c");
/// ```
#[must_use]
pub fn encode_rest(value: &str) -> Cow<'_, str> {
    let pieces: Vec<_> = value.split('/').map(encode_segment).collect();
    if pieces.iter().all(|piece| matches!(piece, Cow::Borrowed(_))) && !has_dots(value) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(pieces.join("/"))
}

/// Writes a value, or a name, for a query: everything but unreserved characters is escaped, a
/// space as `%20`, so that form decoders and plain decoders read the same.
///
/// ```
/// assert_eq!(comet_route::encode_query_value("a+b&c d"), "a%2Bb%26c%20d");
/// ```
#[must_use]
pub fn encode_query_value(value: &str) -> Cow<'_, str> {
    escape(value, is_unreserved)
}

/// Whether a value survives as one path segment on its way through any client: it is not empty,
/// not `.` and not `..`.
///
/// ```
/// use comet_route::fits_segment;
/// assert!(fits_segment("a/b"));
/// assert!(!fits_segment(".."));
/// ```
#[must_use]
pub fn fits_segment(value: &str) -> bool {
    !matches!(value, "" | "." | "..")
}

/// Whether a value survives as the rest of a path: it is not empty, and no piece between its
/// slashes is `.` or `..`.
///
/// ```
/// use comet_route::fits_rest;
/// assert!(fits_rest("a//b.txt"));
/// assert!(!fits_rest("a/../b"));
/// ```
#[must_use]
pub fn fits_rest(value: &str) -> bool {
    !value.is_empty() && !has_dots(value)
}

fn has_dots(value: &str) -> bool {
    value.split('/').any(|piece| piece == "." || piece == "..")
}

fn escape(value: &str, keeps: fn(u8) -> bool) -> Cow<'_, str> {
    if value.bytes().all(keeps) {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len() + 16);
    for byte in value.bytes() {
        if keeps(byte) { out.push(char::from(byte)) } else { push_escape(&mut out, byte) }
    }
    Cow::Owned(out)
}
