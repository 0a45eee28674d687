//! The names of channels, as clients send them.

use std::borrow::Cow;

use http::StatusCode;

use crate::error::Error;
use crate::log::EventName;

/// The longest name, in bytes of its normal form: a name that is found is found by that form as well.
const LONGEST: usize = 200;

/// The path that stands for a name in the table of patterns.
///
/// # Errors
///
/// 400 for a name that no channel can have: empty, too long, with control characters or with empty or dot segments.
pub(super) fn path(name: &str) -> Result<String, Error> {
    let bad = |why: &str| {
        let detail = format!("`{}` is no channel name: {why}", name.escape_default());
        Error::new(StatusCode::BAD_REQUEST, detail)
    };
    let path = ["/", name].concat();
    // In normal form and decoded, so that no escape hides what may not be there.
    let path = match comet_route::normalize_path(&path) {
        Cow::Borrowed(_) => path,
        Cow::Owned(normal) => normal,
    };
    if path.len() > LONGEST + 1 {
        return Err(Error::new(
            StatusCode::BAD_REQUEST,
            format!("a channel name has at most {LONGEST} bytes in its percent-encoded form"),
        ));
    }
    // A normal form without escapes has letters of paths only.
    if path.as_bytes().contains(&b'%') {
        let decoded = comet_route::decode(&path).map_err(|_| bad("it is not UTF-8"))?;
        if decoded.chars().any(char::is_control) {
            return Err(bad("it has control characters"));
        }
    }
    let mut segments = path.as_bytes().split(|byte| *byte == b'/').skip(1);
    if segments.any(|segment| matches!(segment, b"" | b"." | b"..")) {
        return Err(bad("write names without empty segments, `.` or `..`, as in `todos/7`"));
    }
    // A server-sent event of several channels is called by its channel's name.
    if path.strip_prefix('/').is_some_and(EventName::is_reserved) {
        return Err(bad("Comet or the browser calls a message by that name itself"));
    }
    Ok(path)
}
