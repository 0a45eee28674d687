//! The cursor that a request comes with.

use http::{HeaderMap, HeaderName};

/// The header with the id of the last message that a browser has seen.
pub(super) const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The texts that may be one, the first of them that is one counts. A browser that reconnects by itself repeats the URL
/// it began with, so its header is the newer of the two.
pub(super) fn texts<'r>(
    headers: &'r HeaderMap,
    query: Option<&'r str>,
) -> impl Iterator<Item = &'r str> {
    let header = headers.get(LAST_EVENT_ID).and_then(|value| value.to_str().ok());
    header.into_iter().chain(query)
}
