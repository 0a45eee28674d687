//! Parts that replace each other: `multipart/x-mixed-replace`, for programs and, of a channel of images, for `<img>`.
//!
//! The boundary and the header of the next part follow each part at once ("eager header"): a browser shows an image no
//! sooner. For the same reason a part has no `Content-Length`, which would have to be known before the part is there; a
//! random boundary ends it as surely (RFC 2046, section 5.1.1).

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use crate::random;

pub(super) const CONTENT_TYPE: &str = "multipart/x-mixed-replace";

/// What stands between the parts of one response.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    boundary: String,
    delimiter: Bytes,
    /// Whether a part is an entry's bytes as they were published, and nothing but entries is sent.
    pub(super) raw: bool,
}

impl Parts {
    /// The parts of a response, with a boundary that no payload can know; `media` for bytes as they were published.
    pub(crate) fn new(media: Option<&'static str>) -> Self {
        let boundary = format!("{:032x}", random::secret());
        let content_type = media.unwrap_or("application/json");
        let delimiter = format!("\r\n--{boundary}\r\nContent-Type: {content_type}\r\n\r\n");
        Self { boundary, delimiter: Bytes::from(delimiter), raw: media.is_some() }
    }

    /// What opens the first part. The line break of a delimiter is its own, and the first one has none before it.
    pub(crate) fn opening(&self) -> &[u8] {
        self.delimiter.strip_prefix(b"\r\n").unwrap_or_default()
    }

    /// What ends a part and opens the next one.
    pub(crate) fn delimiter(&self) -> &Bytes {
        &self.delimiter
    }

    /// Says what the response is. Opened as a page, nothing in it may load or run.
    pub(crate) fn describe(&self, headers: &mut HeaderMap) {
        let content_type = format!("{CONTENT_TYPE}; boundary={}", self.boundary);
        if let Ok(content_type) = HeaderValue::try_from(content_type) {
            headers.insert(header::CONTENT_TYPE, content_type);
        }
        let policy = HeaderValue::from_static("default-src 'none'; sandbox");
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}
