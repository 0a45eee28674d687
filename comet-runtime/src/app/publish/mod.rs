//! What other processes do with channels: publish to them, look at them, close them. All of it is for whoever
//! the configuration lets in, and is not there while that is nobody.

mod admission;
mod batch;
mod channel;
mod receipts;
mod repeat;
mod routes;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::Method;
use http::request::Parts;
use serde::Serialize;

#[cfg(feature = "roots")]
pub(super) use admission::admit_near;
pub(super) use batch::Batch;
#[cfg(feature = "roots")]
pub(crate) use batch::Event;
pub(super) use channel::channel;
pub(super) use receipts::Receipts;
pub(super) use routes::routes;

use super::input;
use super::own::not_allowed;
use super::service::Inner;
use crate::error::Error;
use crate::reply::{Outcome, Value};
use crate::server::Holding;
use admission::admit;
use channel::guarded;

/// Answers `POST {mount}/comet/publish`: one event or a list of them, landing whole or not at all.
pub(super) async fn publish(
    app: &Arc<Inner>,
    parts: &Parts,
    body: Body,
) -> Result<Response, Error> {
    admit(app, parts)?;
    if parts.method != Method::POST {
        return Err(not_allowed(&parts.method, "POST"));
    }
    let key = receipts::key(&parts.headers)?;
    let body = input::json(parts, body, app.config.publish_limit).await?;
    let batch = Batch::read(&body, &app.directory)?;
    let offsets = match key {
        Some(key) => app.receipts.once(key, &body, || batch.land())?,
        None => batch.land(),
    };
    let landed = landed(offsets)?;
    // What has a key comes once.
    let holding = parts.extensions.get::<Holding>().filter(|_| key.is_none());
    if let Some(holding) = holding {
        repeat::hold(holding, app, parts, landed.clone());
    }
    Ok(guarded(Outcome::new(Value::Json(landed))))
}

/// What became of the events of a request, in their order.
fn landed(offsets: Vec<u64>) -> serde_json::Result<Bytes> {
    #[derive(Serialize)]
    struct Landed {
        offsets: Vec<u64>,
    }
    serde_json::to_vec(&Landed { offsets }).map(Bytes::from)
}
