//! Which protocol a new connection speaks.

use std::io;

use bytes::BytesMut;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Http1,
    Http2,
}

/// What an HTTP/2 client sends first (RFC 9113 section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Reads until the protocol is clear; `None` when the client leaves before. The bytes read are returned as well.
pub(super) async fn sniff(stream: &mut TcpStream) -> io::Result<Option<(Protocol, BytesMut)>> {
    let mut seen = BytesMut::with_capacity(1024);
    while stream.read_buf(&mut seen).await? > 0 {
        if seen.starts_with(PREFACE) {
            return Ok(Some((Protocol::Http2, seen)));
        }
        if !PREFACE.starts_with(&seen) {
            return Ok(Some((Protocol::Http1, seen)));
        }
    }
    Ok(None)
}
