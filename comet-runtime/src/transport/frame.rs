//! The forever frame: an endless HTML document in a hidden `<iframe>`, one element a message.
//!
//! No script: the parent reads the elements and removes them, so the frame can be sandboxed and nothing that is pushed
//! can run.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderValue, header};

use super::escape::escape;
use super::message::Message;

pub(super) const CONTENT_TYPE: &str = "text/html; charset=utf-8";

/// WebKit shows nothing of a document before about half a kilobyte has arrived.
const PADDING: usize = 1024;

static OPENING: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut opening = b"<!doctype html><title>comet</title><!--".to_vec();
    opening.resize(PADDING, b' ');
    opening.extend_from_slice(b"-->\n");
    opening
});

pub(super) fn opening() -> &'static [u8] {
    &OPENING
}

pub(super) fn write(message: &Message<'_>, out: &mut Vec<u8>) {
    let mut json = Vec::with_capacity(message.data.len() + 64);
    message.write_json(&mut json);
    out.extend_from_slice(b"<c-f>");
    escape(&json, out);
    out.extend_from_slice(b"</c-f>\n");
}

/// Lets only this origin embed the frame, and nothing in it load or run.
pub(super) fn protect(headers: &mut HeaderMap) {
    let policy = "default-src 'none'; sandbox allow-same-origin; frame-ancestors 'self'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
}
