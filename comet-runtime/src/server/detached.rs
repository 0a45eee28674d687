//! A request that outlives the buffer it was read into.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Uri};

/// Moves the head of a request out of hyper's buffer, of which it has a small part and holds all: for a request that is
/// kept while something waits.
pub(crate) fn detach(parts: &mut Parts) {
    let mut text = parts.uri.to_string().into_bytes();
    let uri = text.len();
    parts.headers.values().for_each(|value| text.extend_from_slice(value.as_bytes()));
    let mut text = Bytes::from(text.into_boxed_slice());
    // What was a URI and a value is one again, byte by byte.
    if let Ok(own) = Uri::from_maybe_shared(text.split_to(uri)) {
        parts.uri = own;
    }
    for value in parts.headers.values_mut() {
        if let Ok(mut own) = HeaderValue::from_maybe_shared(text.split_to(value.len())) {
            own.set_sensitive(value.is_sensitive());
            *value = own;
        }
    }
}
