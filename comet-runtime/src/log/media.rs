//! Bytes of a media type as text: `data:` URLs (RFC 2397).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

/// What begins the URL of bytes of a media type.
fn prefix(media: &str) -> String {
    format!("data:{media};base64,")
}

/// A JSON string with the URL. Neither a media type nor base64 has a character that JSON would escape.
pub(super) fn url_as_json(media: &str, bytes: &[u8]) -> Bytes {
    let mut json = format!("\"{}", prefix(media));
    STANDARD.encode_string(bytes, &mut json);
    json.push('"');
    Bytes::from(json)
}

/// The bytes of such a URL; `None` for one of another media type, and for what is no such URL.
pub(crate) fn from_url(media: &str, url: &str) -> Option<Bytes> {
    STANDARD.decode(url.strip_prefix(&prefix(media))?).ok().map(Bytes::from)
}
