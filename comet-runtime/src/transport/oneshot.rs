//! One JSON value, when the handler has returned.

use std::fmt::Display;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::HeaderValue;

use super::message::{Message, put};
use super::{POLLED, RESOURCE_POLICY, Transport, head};
use crate::log::Entry;
use crate::page;
use crate::registry::Shape;

pub(super) const CONTENT_TYPE: &str = "application/json";

/// Everything a handler has pushed, as one array: commands for a page, payloads for events.
pub(crate) fn collected(shape: Shape, payloads: &[Bytes]) -> Response {
    let array = match shape {
        Shape::Page => page::join(payloads),
        Shape::Events | Shape::Once => {
            Bytes::from([b"[", payloads.join(&b","[..]).as_slice(), b"]"].concat())
        }
    };
    json(array)
}

/// What a long poll gets: the messages there were, a line each, the cursor to come back with, and what its first reply
/// has besides, each as JSON.
pub(crate) fn polled(
    lines: &[u8],
    cursor: &dyn Display,
    besides: &[(&str, Option<Vec<u8>>)],
) -> Vec<u8> {
    let mut body = Vec::with_capacity(lines.len() + 128);
    body.extend_from_slice(b"{\"events\":[");
    let lines = String::from_utf8_lossy(lines);
    for (index, event) in lines.lines().enumerate() {
        body.extend_from_slice(if index == 0 { b"" } else { b"," });
        body.extend_from_slice(event.as_bytes());
    }
    put(&mut body, format_args!("],\"cursor\":\"{cursor}\""));
    for (key, json) in besides {
        if let Some(json) = json {
            put(&mut body, format_args!(",\"{key}\":"));
            body.extend(json);
        }
    }
    body.push(b'}');
    body
}

/// The same for one message, that of an entry: made once, for all who have found nothing but it.
pub(crate) fn polled_alone<'e>(
    entry: &'e Entry,
    message: impl FnOnce(&'e Entry) -> Message<'e>,
) -> Bytes {
    entry.framed(POLLED, || {
        let mut line = Vec::with_capacity(entry.payload.len() + 96);
        message(entry).write_json(&mut line);
        polled(&line, &entry.cursor, &[]).into()
    })
}

/// A reply of JSON. No page of another site may load it as a script or a picture; reading it is a matter of CORS.
pub(crate) fn json(body: impl Into<Bytes>) -> Response {
    let mut response = head(Transport::Json, Body::from(body.into()));
    let own = HeaderValue::from_static("same-origin");
    response.headers_mut().insert(RESOURCE_POLICY, own);
    response
}
