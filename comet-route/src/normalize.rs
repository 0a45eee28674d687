//! The one normal form that static segments and request paths share.

use std::borrow::Cow;

use crate::percent::{Unit, is_path_byte, is_unreserved, push_escape, units};

/// Brings the raw path of a request into the normal form that routes are matched in.
///
/// RFC 3986, section 6.2.2: escapes get upper-case digits, escaped unreserved characters are
/// decoded, and what must not stand in a path as it is (also anything beyond ASCII) is escaped.
/// `%2F` stays an escape, so no segment is ever split, and a `%` that begins no escape becomes
/// `%25`. Neither `.` and `..` nor empty segments are touched. The result borrows when the path was
/// in normal form already, which ordinary ones are; doing it twice changes nothing.
///
/// ```
/// use comet_route::normalize_path;
///
/// assert_eq!(normalize_path("/caf%c3%a9/%7Eme"), "/caf%C3%A9/~me");
/// assert_eq!(normalize_path("/a%2fb"), "/a%2Fb");
/// assert_eq!(normalize_path("/100%"), "/100%25");
/// ```
#[must_use]
pub fn normalize_path(path: &str) -> Cow<'_, str> {
    if path.bytes().all(is_path_byte) {
        return Cow::Borrowed(path);
    }
    let normal = normal(path);
    if normal == path { Cow::Borrowed(path) } else { Cow::Owned(normal) }
}

fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 16);
    for (_, unit) in units(path) {
        match unit {
            Unit::Literal(byte) if is_path_byte(byte) => out.push(char::from(byte)),
            Unit::Escape(byte) if is_unreserved(byte) => out.push(char::from(byte)),
            Unit::Literal(byte) | Unit::Escape(byte) => push_escape(&mut out, byte),
            Unit::Stray => push_escape(&mut out, b'%'),
        }
    }
    out
}
