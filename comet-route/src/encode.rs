//! Values on their way into a URL.

use std::borrow::Cow;

use crate::percent::{is_path_byte, is_segment_byte, is_unreserved, push_escape};

/// U+FFFD: what lossy conversions write for what they cannot carry.
const UNFIT: &str = "%EF%BF%BD";

/// Writes a value so that it is one path segment: everything but RFC 3986's `pchar` is escaped,
/// `/` and `%` too.
///
/// Three values no URL carries as a segment: nothing matches an empty one, and two slashes at the
/// beginning of a link name a host; clients take `.` and `..`, escaped or not, for steps in the
/// tree and walk them before they send a request. So that a link never leads elsewhere, U+FFFD is
/// written for them. [`fits_segment`] tells beforehand, and [`Route::render`](crate::Route::render)
/// refuses them.
///
/// ```
/// use comet_route::encode_segment;
///
/// assert_eq!(encode_segment("a/b c"), "a%2Fb%20c");
/// assert_eq!(encode_segment("me@home"), "me@home");
/// assert_eq!(encode_segment(".."), "%EF%BF%BD");
/// ```
#[must_use]
pub fn encode_segment(value: &str) -> Cow<'_, str> {
    if fits_segment(value) { escape(value, is_segment_byte) } else { UNFIT.into() }
}

/// Writes a value for `{*rest}`: each piece between slashes as [`encode_segment`] does, but an
/// empty one stays empty, and the slashes as they are. Only a slash at the beginning is escaped,
/// since two slashes at the beginning of a link name a host.
///
/// Of what [`fits_rest`] refuses, the pieces `.` and `..` and an empty value become U+FFFD.
///
/// ```
/// use comet_route::encode_rest;
///
/// assert_eq!(encode_rest("a b/c"), "a%20b/c");
/// assert_eq!(encode_rest("/host/x"), "%2Fhost/x");
/// assert_eq!(encode_rest("a/../b"), "a/%EF%BF%BD/b");
/// ```
#[must_use]
pub fn encode_rest(value: &str) -> Cow<'_, str> {
    if let Some(behind) = value.strip_prefix('/') {
        return Cow::Owned(format!("%2F{}", encode_pieces(behind)));
    }
    if value.is_empty() { UNFIT.into() } else { encode_pieces(value) }
}

fn encode_pieces(value: &str) -> Cow<'_, str> {
    if !has_dots(value) {
        return escape(value, is_path_byte);
    }
    let piece = |piece| if is_dots(piece) { UNFIT.into() } else { escape(piece, is_segment_byte) };
    Cow::Owned(value.split('/').map(piece).collect::<Vec<_>>().join("/"))
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
    !value.is_empty() && !is_dots(value)
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
    value.split('/').any(is_dots)
}

/// Whether clients take a segment for a step in the tree.
fn is_dots(piece: &str) -> bool {
    matches!(piece, "." | "..")
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
