//! The heads of replies that hyper does not write (RFC 9112 sections 4 and 5), field by field.

use bytes::Bytes;
use http::header::{DATE, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::date;
use crate::decimal;

/// The first line. hyper writes 1.1 to clients of 1.0 as well, and so do we.
pub(super) fn status(status: StatusCode, head: &mut Vec<u8>) {
    let reason = status.canonical_reason().unwrap_or_default();
    for part in ["HTTP/1.1 ", status.as_str(), " ", reason, "\r\n"] {
        head.extend_from_slice(part.as_bytes());
    }
}

pub(super) fn fields<'f>(
    fields: impl IntoIterator<Item = (&'f HeaderName, &'f HeaderValue)>,
    head: &mut Vec<u8>,
) {
    for (name, value) in fields {
        field(name, value.as_bytes(), head);
    }
}

pub(super) fn field(name: &HeaderName, value: &[u8], head: &mut Vec<u8>) {
    for part in [name.as_str().as_bytes(), b": ", value, b"\r\n"] {
        head.extend_from_slice(part);
    }
}

/// The whole head of a reply in chunks.
pub(super) fn of_chunks(all: &HeaderMap) -> Bytes {
    let mut head = Vec::with_capacity(512);
    status(StatusCode::OK, &mut head);
    fields(all, &mut head);
    field(&TRANSFER_ENCODING, b"chunked", &mut head);
    date(&mut head);
    head.extend_from_slice(b"\r\n");
    head.into()
}

/// A number in digits.
pub(super) fn number(number: usize, head: &mut Vec<u8>) {
    head.extend_from_slice(decimal::write(number as u64, &mut [0; decimal::MOST]));
}

/// The `Date` of now.
pub(super) fn date(head: &mut Vec<u8>) {
    head.extend_from_slice(DATE.as_str().as_bytes());
    head.extend_from_slice(b": ");
    date::write(head);
    head.extend_from_slice(b"\r\n");
}
