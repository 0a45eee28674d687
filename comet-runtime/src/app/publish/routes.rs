//! What the app has, for whoever runs it.

use axum_core::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{Method, header};

use super::admission::admit;
use super::channel::{guarded, json};
use crate::app::own::not_allowed;
use crate::app::service::Inner;
use crate::error::Error;
use crate::reply::{Outcome, Value};

/// Answers `GET {mount}/comet/routes`: endpoints and channels, as JSON or, for who asks for plain text, as the table
/// that `--routes` prints.
pub(in crate::app) fn routes(app: &Inner, parts: &Parts) -> Result<Response, Error> {
    admit(app, parts)?;
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return Err(not_allowed(&parts.method, "GET"));
    }
    let listing = app.listing();
    if !wants_text(parts) {
        return json(&listing);
    }
    let table = listing.lines().into_iter().map(|line| line + "\n").collect::<String>();
    Ok(guarded(Outcome::new(Value::Text(Bytes::from(table)))))
}

/// Whether `Accept` begins with plain text: people type it, programs that want JSON do not.
fn wants_text(parts: &Parts) -> bool {
    let accept = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.trim_start().starts_with("text/plain"))
}
