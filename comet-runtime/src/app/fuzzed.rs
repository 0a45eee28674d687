//! What is read of requests, for the properties that hold for any.

use http::request::Parts;
use http::{HeaderValue, Request};

use super::publish::Batch;
use super::wanted::{Start, Wanted};
use crate::channel::{Directory, Positions};
use crate::error::Error;

/// How many events a publish request has.
pub(crate) fn events(body: &[u8], directory: &Directory) -> Result<usize, Error> {
    Batch::read(body, directory).map(|batch| batch.len())
}

/// Where a request with that `Last-Event-ID` and that `?cursor=` goes on; `None` where they cannot be sent.
pub(crate) fn positions(id: &[u8], cursor: &[u8]) -> Option<Result<Positions, Error>> {
    let cursor: String = form_urlencoded::byte_serialize(cursor).collect();
    let id = HeaderValue::from_bytes(id).ok()?;
    let request = Request::get(format!("/?channel=a&cursor={cursor}")).header("last-event-id", id);
    let (parts, ()): (Parts, ()) = request.body(()).ok()?.into_parts();
    Some(Wanted::read(&parts).map(|wanted| match wanted.start {
        Start::After(positions) => positions,
        Start::Done => Positions::default(),
    }))
}
