//! The framing of another system, which an adapter brings along: its feed writes the messages itself.

#[cfg(feature = "sijax")]
use axum_core::{body::Body, response::Response};
#[cfg(feature = "sijax")]
use bytes::Bytes;
#[cfg(feature = "sijax")]
use http::StatusCode;
use http::{HeaderMap, HeaderValue, header};

use super::message::Message;
#[cfg(feature = "sijax")]
use super::{Transport, head};

/// What a stream of another system says by itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub(crate) content_type: &'static str,
    /// What says that it is alive, and nothing else.
    pub(crate) beat: &'static [u8],
    /// What its documents may load and run.
    pub(crate) policy: &'static str,
}

impl Foreign {
    pub(super) fn write(&self, message: &Message<'_>, out: &mut Vec<u8>) {
        if message.event == "beat" {
            out.extend_from_slice(self.beat);
        }
    }

    pub(super) fn protect(&self, headers: &mut HeaderMap) {
        let policy = HeaderValue::from_static(self.policy);
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// A whole reply in that framing.
#[cfg(feature = "sijax")]
pub(crate) fn page(foreign: &'static Foreign, status: StatusCode, body: Bytes) -> Response {
    let mut response = head(Transport::Foreign(foreign), Body::from(body));
    *response.status_mut() = status;
    foreign.protect(response.headers_mut());
    response
}
