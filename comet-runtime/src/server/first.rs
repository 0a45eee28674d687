//! The first request of a connection, where it asks for a stream.
//!
//! hyper would read it, write the head of the reply and be gone again, which takes more than all that the app does. So such
//! a request is read here, if it is as plain as those of browsers are, and hyper begins only where no stream comes of it.

use http::header::{ACCEPT, CONNECTION, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING, UPGRADE};
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use httparse::{EMPTY_HEADER, Status};

use super::framing::Framing;

/// A request with more fields is left to hyper.
const FIELDS: usize = 32;

/// What those accept that read while it is written.
const STREAMS: [&str; 2] = ["text/event-stream", "application/x-ndjson"];

/// What speaks against a request that ends with its head, or for another protocol after it.
const OTHERWISE: [HeaderName; 4] = [CONTENT_LENGTH, TRANSFER_ENCODING, EXPECT, UPGRADE];

/// A request for a stream that is all of `bytes`; `None` for whatever hyper had better see.
pub(super) fn read(bytes: &[u8]) -> Option<Request<()>> {
    let mut fields = [EMPTY_HEADER; FIELDS];
    let mut read = httparse::Request::new(&mut fields);
    let is_whole = read.parse(bytes) == Ok(Status::Complete(bytes.len()));
    let is_plain = read.method == Some(Method::GET.as_str()) && read.version == Some(1);
    let path = read.path.filter(|path| is_whole && is_plain && path.starts_with('/'))?;
    Framing::default().read(bytes).ok()?;
    let mut request = Request::new(());
    *request.uri_mut() = Uri::try_from(path).ok()?;
    for field in read.headers {
        let name = HeaderName::from_bytes(field.name.as_bytes()).ok()?;
        request.headers_mut().append(name, HeaderValue::from_bytes(field.value).ok()?);
    }
    let accepted = request.headers().get(ACCEPT).and_then(|accepted| accepted.to_str().ok())?;
    let mut wishes = request.headers().get_all(CONNECTION).iter();
    let lasts = wishes.all(|wish| wish.as_bytes().eq_ignore_ascii_case(b"keep-alive"));
    let is_otherwise = !lasts || OTHERWISE.iter().any(|name| request.headers().contains_key(name));
    (!is_otherwise && STREAMS.iter().any(|stream| accepted.contains(stream))).then_some(request)
}
