//! One JSON value, when the handler has returned.

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;

use super::{Transport, head};
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
    head(Transport::Json, Body::from(array))
}

/// What a long poll gets: the messages there were, and the cursor to come back with.
pub(crate) fn polled(events: &[Vec<u8>], cursor: &str) -> Response {
    let events = events.join(&b',');
    let body = [b"{\"events\":[", events.as_slice(), b"],\"cursor\":\"", cursor.as_bytes(), b"\"}"];
    head(Transport::Json, Body::from(body.concat()))
}
