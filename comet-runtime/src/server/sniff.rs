//! Which protocol a new connection speaks.

use std::io;

use bytes::BytesMut;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::socket::Socket;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Http1,
    Http2,
}

/// What an HTTP/2 client sends first (RFC 9113 section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The first byte of a client that speaks TLS: a record of its handshake (RFC 8446 section 5.1).
const HANDSHAKE: u8 = 22;

/// Whether a client begins as one does that speaks TLS. Nothing is read by that.
pub(super) async fn says_hello(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    // Who leaves without a word is not answered.
    Ok(stream.peek(&mut first).await? == 0 || first == [HANDSHAKE])
}

/// Reads until the protocol is clear, at least something; `None` when the client leaves before. The bytes read are returned as well.
pub(super) async fn sniff(socket: &mut Socket) -> io::Result<Option<(Protocol, BytesMut)>> {
    let agreed = socket.protocol();
    let mut seen = BytesMut::with_capacity(1024);
    while socket.read_buf(&mut seen).await? > 0 {
        if let Some(protocol) = agreed {
            return Ok(Some((protocol, seen)));
        }
        if seen.starts_with(PREFACE) {
            return Ok(Some((Protocol::Http2, seen)));
        }
        if !PREFACE.starts_with(&seen) {
            return Ok(Some((Protocol::Http1, seen)));
        }
    }
    Ok(None)
}
