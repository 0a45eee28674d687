//! How a reader is served: which transport a caller takes, and one file a framing.
//!
//! Each framing has the same parts: its content type, what opens a stream, and a message.

mod body;
pub(crate) mod chunk;
mod escape;
mod feed;
#[cfg(feature = "frames")]
mod foreign;
mod frame;
mod jsonp;
mod lane;
mod message;
mod multipart;
mod ndjson;
mod negotiate;
mod oneshot;
mod problem;
mod recycle;
mod sse;
#[cfg(test)]
mod tests;
pub(crate) mod websocket;

pub(crate) use body::{Ending, StreamBody};
pub(crate) use feed::{Fed, Feed, Outlet};
#[cfg(feature = "frames")]
pub(crate) use foreign::Foreign;
#[cfg(feature = "sijax")]
pub(crate) use foreign::page;
pub(crate) use jsonp::Callback;
pub(crate) use lane::{Aside, CutOff, Lane, Left, Manner, Ride, Rider, Sink};
pub(crate) use message::Message;
#[cfg(any(test, fuzzing))]
pub(crate) use multipart::Parts;
pub(crate) use negotiate::negotiate;
pub(crate) use oneshot::{collected, json, polled, polled_alone};
pub(crate) use problem::problem;
pub(crate) use recycle::Recycling;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, header};

use crate::log::Entry;

/// A transport that a reply can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Sse,
    Ndjson,
    Frame,
    Multipart,
    WebSocket,
    /// One reply when the handler has returned.
    Json,
    /// What a client of another system understands.
    #[cfg(feature = "frames")]
    Foreign(&'static Foreign),
}

/// So many header fields has a reply, with those that are added on its way.
const FIELDS: usize = 8;

/// Where an entry keeps the reply to polls that find it alone.
const POLLED: usize = 4;

const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store, no-transform");

impl Transport {
    fn content_type(self) -> &'static str {
        match self {
            Self::Sse => sse::CONTENT_TYPE,
            Self::Ndjson => ndjson::CONTENT_TYPE,
            Self::Frame => frame::CONTENT_TYPE,
            Self::Multipart => multipart::CONTENT_TYPE,
            // A WebSocket's own reply has no content; a problem says what it is.
            Self::Json | Self::WebSocket => oneshot::CONTENT_TYPE,
            #[cfg(feature = "frames")]
            Self::Foreign(foreign) => foreign.content_type,
        }
    }

    /// What a stream begins with, before its first message.
    fn opening(self) -> &'static [u8] {
        match self {
            Self::Sse => sse::OPENING,
            Self::Ndjson | Self::Multipart | Self::Json | Self::WebSocket => b"",
            Self::Frame => frame::opening(),
            #[cfg(feature = "frames")]
            Self::Foreign(_) => b"",
        }
    }

    fn write(self, message: &Message<'_>, out: &mut Vec<u8>) {
        match self {
            Self::Sse => sse::write(message, out),
            Self::Ndjson | Self::Multipart | Self::Json => ndjson::write(message, out),
            Self::Frame => frame::write(message, out),
            Self::WebSocket => websocket::write(message, out),
            #[cfg(feature = "frames")]
            Self::Foreign(foreign) => foreign.write(message, out),
        }
    }

    /// Where an entry keeps its bytes in this framing, if it does.
    fn slot(self) -> Option<usize> {
        Some(match self {
            Self::Sse => 0,
            // A part is a line of JSON as well; what stands around it is of one response.
            Self::Ndjson | Self::Multipart | Self::Json => 1,
            Self::Frame => 2,
            Self::WebSocket => 3,
            #[cfg(feature = "frames")]
            Self::Foreign(_) => return None,
        })
    }

    /// An entry's bytes as the message that all its readers get, made once for each framing.
    pub(crate) fn shared<'e>(
        self,
        entry: &'e Entry,
        message: impl FnOnce(&'e Entry) -> Message<'e>,
    ) -> Bytes {
        let encode = || {
            let mut out = Vec::with_capacity(entry.payload.len() + 96);
            self.write(&message(entry), &mut out);
            Bytes::from(out)
        };
        match self.slot() {
            Some(slot) => entry.framed(slot, encode),
            None => encode(),
        }
    }
}

/// The response that streams a feed.
pub(crate) fn stream(transport: Transport, body: StreamBody) -> Response {
    streaming(transport, &body).map(|()| Body::new(body))
}

/// The same without its body.
pub(crate) fn streaming(transport: Transport, body: &StreamBody) -> http::Response<()> {
    let mut response = head(transport, ());
    if transport == Transport::Frame {
        frame::protect(response.headers_mut());
    }
    #[cfg(feature = "frames")]
    if let Transport::Foreign(foreign) = transport {
        foreign.protect(response.headers_mut());
    }
    if let Some(parts) = body.parts() {
        parts.describe(response.headers_mut());
    }
    response
}

/// A response with the headers that every streamed or private reply has.
fn head<B>(transport: Transport, body: B) -> http::Response<B> {
    let mut response = http::Response::new(body);
    response.headers_mut().reserve(FIELDS);
    let content_type = HeaderValue::from_static(transport.content_type());
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    guard(response.headers_mut());
    response.headers_mut().insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    response
}

/// Keeps a reply out of caches and from being taken for something it is not. A handler's own headers win.
pub(crate) fn guard(headers: &mut http::HeaderMap) {
    headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    let sniff = HeaderValue::from_static("nosniff");
    headers.entry(header::X_CONTENT_TYPE_OPTIONS).or_insert(sniff);
}

/// What a stream's `hello` announces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rhythm {
    /// Silence after which the stream says that it is alive.
    pub(crate) heartbeat: std::time::Duration,
    /// How long the run waits for a client that is cut off; `None` when it does not.
    pub(crate) resume: Option<std::time::Duration>,
}
