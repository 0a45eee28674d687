//! Errors in the caller's own transport.

use axum_core::body::Body;
use axum_core::response::Response;
use http::{HeaderValue, header};

use super::message::Message;
use super::{Transport, frame, guard, head};
use crate::error::Error;
use crate::log::Cursor;

/// The reply that tells a caller of an error before anything was streamed: a problem document with its status (RFC 9457),
/// or a frame with one `error` message, as a frame cannot read a status.
pub(crate) fn problem(transport: Option<Transport>, error: &Error) -> Response {
    error.log();
    let mut response = match transport {
        Some(Transport::Frame) => framed(error),
        _ => plain(error),
    };
    guard(response.headers_mut());
    for (name, value) in error.headers() {
        response.headers_mut().insert(name, value.clone());
    }
    response
}

fn plain(error: &Error) -> Response {
    let mut response = Response::new(Body::from(error.problem()));
    *response.status_mut() = error.status();
    let content_type = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}

fn framed(error: &Error) -> Response {
    let mut out = frame::opening().to_vec();
    let message = Message { id: Some(&Cursor::DONE), ..Message::new("error", error.problem()) };
    frame::write(&message, &mut out);
    let mut response = head(Transport::Frame, Body::from(out));
    frame::protect(response.headers_mut());
    response
}
