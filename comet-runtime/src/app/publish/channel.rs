//! One channel, seen from another process.

use axum_core::response::Response;
use bytes::Bytes;
use http::Method;
use http::request::Parts;
use serde::Serialize;

use super::admission::admit;
use crate::app::own::not_allowed;
use crate::app::service::Inner;
use crate::channel::{Attendance, Named, Node, Present, hub};
use crate::error::Error;
use crate::reply::{Outcome, Value};
use crate::transport;

#[derive(Serialize)]
struct Report<'a> {
    channel: &'a str,
    readers: usize,
    /// The offset of the newest event; 0 before the first.
    newest: u64,
    /// The oldest offset that is kept; one more than the newest when none is.
    oldest: u64,
    /// Who is there, of a channel with presence.
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<Attendance>,
}

/// Answers `GET` and `DELETE {mount}/comet/channels/{name}`: what it holds, and its end.
pub(in crate::app) fn channel(app: &Inner, name: &str, parts: &Parts) -> Result<Response, Error> {
    admit(app, parts)?;
    let named = app.directory.find(name)?;
    let node = hub().existing(&named);
    match parts.method {
        Method::GET | Method::HEAD => json(&Report::of(&named, node.as_deref())),
        Method::DELETE => {
            if let Some(node) = node {
                hub().close(&node);
            }
            Ok(guarded(Outcome::new(Value::Empty)))
        }
        _ => Err(not_allowed(&parts.method, "GET, DELETE")),
    }
}

impl<'a> Report<'a> {
    /// A channel that nobody has used is as one that is empty.
    fn of(named: &'a Named, node: Option<&Node>) -> Self {
        let (readers, newest, oldest) =
            node.map_or((0, 0, 1), |node| (node.count(), node.log.newest(), node.log.oldest()));
        let present = node.map_or_else(|| empty(named), Node::present);
        let present = present.as_ref().map(Attendance::of);
        Self { channel: &named.name, readers, newest, oldest, present }
    }
}

fn empty(named: &Named) -> Option<Present> {
    named.declaration.presence.map(|_| Present::default())
}

/// A reply with a value as JSON, for no cache.
pub(super) fn json(value: &impl Serialize) -> Result<Response, Error> {
    let json = Bytes::from(serde_json::to_vec(value)?);
    Ok(guarded(Outcome::new(Value::Json(json))))
}

pub(super) fn guarded(outcome: Outcome) -> Response {
    let mut response = outcome.into_response();
    transport::guard(response.headers_mut());
    response
}
