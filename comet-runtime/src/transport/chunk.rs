//! The chunked transfer coding (RFC 9112 section 7.1), for content that we write to the socket ourselves.

use bytes::Bytes;

use super::message::put as put_text;

/// What stands behind a chunk's data.
pub(crate) const END: Bytes = Bytes::from_static(b"\r\n");

/// The last chunk.
pub(crate) const LAST: Bytes = Bytes::from_static(b"0\r\n\r\n");

/// The most bytes that stand around a chunk's data: its size in 16 digits and two line ends.
pub(crate) const MOST_AROUND: usize = 20;

/// What stands before so many bytes of data.
pub(crate) fn size(length: usize, out: &mut Vec<u8>) {
    put_text(out, format_args!("{length:x}\r\n"));
}

/// Puts data into a chunk of its own.
pub(crate) fn put(data: &[u8], out: &mut Vec<u8>) {
    size(data.len(), out);
    out.extend_from_slice(data);
    out.extend_from_slice(&END);
}
