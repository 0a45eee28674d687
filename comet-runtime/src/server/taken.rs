//! A connection that hyper has given up, before the reply.

use std::time::Duration;

use http::header::{CONNECTION, DATE, TRANSFER_ENCODING};
use http::response::Parts;
use http::{HeaderValue, Version};
use tokio::net::TcpStream;

use super::head;

/// A socket, and the head of the reply that is due on it.
///
/// Nothing comes after that reply: bytes that the client has sent already are dropped with the connection, as it is told
/// by `Connection: close` (RFC 9112 section 9.6).
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) socket: TcpStream,
    /// The head as bytes.
    pub(crate) head: Vec<u8>,
    /// Whether the content is sent in chunks; until the connection closes for a client that knows no chunks.
    pub(crate) chunked: bool,
    /// How long a client may take nothing while there is something to send.
    pub(crate) write_timeout: Duration,
}

impl Taken {
    pub(super) fn new(
        socket: TcpStream,
        mut reply: Parts,
        version: Version,
        write_timeout: Duration,
    ) -> Self {
        let chunked = version >= Version::HTTP_11;
        if chunked {
            reply.headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        }
        reply.headers.insert(CONNECTION, HeaderValue::from_static("close"));
        Self { socket, head: written(&reply), chunked, write_timeout }
    }
}

/// A whole head.
fn written(reply: &Parts) -> Vec<u8> {
    let mut head = Vec::with_capacity(512);
    head::status(reply.status, &mut head);
    head::fields(&reply.headers, &mut head);
    if !reply.headers.contains_key(DATE) {
        head::date(&mut head);
    }
    head.extend_from_slice(b"\r\n");
    head
}
