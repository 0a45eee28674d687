//! A connection that hyper has given up, before the reply.

use std::time::Duration;

use http::header::{CONNECTION, DATE, TRANSFER_ENCODING};
use http::response::Parts;
use http::{HeaderValue, Version};
use tokio::net::TcpStream;

use super::date;

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
        Self { socket, head: head(&reply), chunked, write_timeout }
    }
}

/// The head of a reply (RFC 9112 sections 4 and 5). hyper writes 1.1 to clients of 1.0 as well, and so do we.
fn head(reply: &Parts) -> Vec<u8> {
    let mut head = Vec::with_capacity(512);
    head.extend_from_slice(b"HTTP/1.1 ");
    head.extend_from_slice(reply.status.as_str().as_bytes());
    head.push(b' ');
    head.extend_from_slice(reply.status.canonical_reason().unwrap_or_default().as_bytes());
    head.extend_from_slice(b"\r\n");
    for (name, value) in &reply.headers {
        field(name.as_str(), value.as_bytes(), &mut head);
    }
    if !reply.headers.contains_key(DATE) {
        head.extend_from_slice(b"date: ");
        date::write(&mut head);
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}

fn field(name: &str, value: &[u8], head: &mut Vec<u8>) {
    head.extend_from_slice(name.as_bytes());
    head.extend_from_slice(b": ");
    head.extend_from_slice(value);
    head.extend_from_slice(b"\r\n");
}
