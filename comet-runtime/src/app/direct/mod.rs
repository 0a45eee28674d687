//! Streams of channels on our own server, written to the socket by nobody but us.
//!
//! A stream that lasts for hours needs nothing of what hyper keeps for a connection: its buffers, its state, and the
//! copies between them. So hyper parses the request and is gone ([`Takeover::instead`]); what is left is the socket and
//! the stream. Wherever there is no connection to take over, in another server or on HTTP/2, the same stream is the body
//! of a response.

mod outgoing;
mod session;

use axum_core::body::Body;
use axum_core::response::Response;

use self::session::Session;
use crate::server::Takeover;
use crate::transport::{self, StreamBody, Transport};

/// The reply whose head goes out with the stream's first bytes, once the connection is ours.
pub(super) fn stream(transport: Transport, body: StreamBody, takeover: &Takeover) -> Response {
    let reply = transport::streaming(transport, &body);
    takeover.instead(move |taken| Session::new(taken, body));
    reply.map(|()| Body::empty())
}
