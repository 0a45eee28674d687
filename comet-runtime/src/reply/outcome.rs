//! A reply on its way to a transport.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body::Body as _;

use crate::error::Error;

/// A handler's future with everything it borrowed inside.
pub type BoxFuture = Pin<Box<dyn Future<Output = Result<Outcome, Error>> + Send>>;

/// What a handler returned: a value that every transport can carry, with the status and headers for those that have any.
#[derive(Debug)]
pub struct Outcome {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) value: Value,
}

/// The value of a reply.
#[derive(Debug)]
pub enum Value {
    /// Nothing: 204, or `null`.
    Empty,
    /// JSON text.
    Json(Bytes),
    /// Plain text: a JSON string in a stream.
    Text(Bytes),
    /// An HTML document or fragment: a JSON string in a stream.
    Html(Bytes),
    /// A response of the handler's own; in a stream its end says `null`.
    Response(Box<Response>),
}

impl Outcome {
    /// A reply with status 200, or 204 where there is nothing to say.
    #[must_use]
    pub fn new(value: Value) -> Self {
        let empty = matches!(value, Value::Empty);
        let status = if empty { StatusCode::NO_CONTENT } else { StatusCode::OK };
        Self { status, headers: HeaderMap::new(), value }
    }

    /// The same reply with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The value as JSON, for the last message of a stream.
    pub(crate) fn json(&self) -> Bytes {
        match &self.value {
            Value::Json(json) => json.clone(),
            Value::Text(text) | Value::Html(text) => {
                let text = String::from_utf8_lossy(text);
                serde_json::to_vec(&text).map_or_else(|_| Bytes::from_static(b"null"), Bytes::from)
            }
            Value::Empty | Value::Response(_) => Bytes::from_static(b"null"),
        }
    }

    /// The reply as plain HTTP.
    pub(crate) fn into_response(self) -> Response {
        let (kind, body) = match self.value {
            Value::Empty => (None, Body::empty()),
            Value::Json(json) => (Some("application/json"), Body::from(json)),
            Value::Text(text) => (Some("text/plain; charset=utf-8"), Body::from(text)),
            Value::Html(html) => (Some("text/html; charset=utf-8"), Body::from(html)),
            Value::Response(response) => return *response,
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        if let Some(kind) = kind {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        response.headers_mut().extend(self.headers);
        response
    }
}

/// The text of a body that is there already, as those of rejections are.
pub(crate) fn ready_text(body: Body) -> Option<String> {
    let mut body = pin!(body);
    let mut text = Vec::new();
    let mut cx = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(frame)) = body.as_mut().poll_frame(&mut cx) {
        text.extend_from_slice(frame.ok()?.data_ref()?);
    }
    String::from_utf8(text).ok()
}
