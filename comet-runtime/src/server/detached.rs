//! A request that outlives the buffer it was read into.

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{HeaderValue, Uri};

/// Moves the head of a request out of hyper's buffer, of which it has a small part and holds all: for a request that is
/// kept while something waits.
pub(crate) fn detach(parts: &mut Parts) {
    let length = parts.headers.values().map(HeaderValue::len).sum();
    let mut all = BytesMut::with_capacity(length);
    parts.headers.values().for_each(|value| all.extend_from_slice(value.as_bytes()));
    let mut all = all.freeze();
    for value in parts.headers.values_mut() {
        // What was a value is one.
        if let Ok(mut own) = HeaderValue::from_maybe_shared(all.split_to(value.len())) {
            own.set_sensitive(value.is_sensitive());
            *value = own;
        }
    }
    if let Ok(own) = Uri::from_maybe_shared(Bytes::from(parts.uri.to_string())) {
        parts.uri = own;
    }
}
