//! What Comet itself has below `{mount}/comet/`.

use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, header};

use super::assets;
use super::dispatch::dispatch;
use super::follow::follow;
use super::publish::{channel, publish, routes};
use super::service::Inner;
use crate::auth::csrf;
use crate::error::Error;
use crate::reply::{Outcome, Value};
use crate::server::Phase;
use crate::transport::problem;

/// Answers a request for `name` below the prefix.
pub(super) async fn answer(app: &Arc<Inner>, name: &str, parts: Parts, body: Body) -> Response {
    let reply = match name.split_once('/') {
        Some(("call", handler)) => call(app, handler, parts, body).await,
        Some(("channels", name)) => channel(app, name, &parts),
        None if name == "publish" => publish(app, &parts, body).await,
        None if name == "routes" => routes(app, &parts),
        _ => read(app, name, &parts).await,
    };
    reply.unwrap_or_else(|error| problem(None, &error))
}

/// A handler, by its name.
async fn call(app: &Inner, name: &str, parts: Parts, body: Body) -> Result<Response, Error> {
    let bound = app.router.named(name)?;
    if parts.method == Method::POST {
        // In a box, as long polls that wait would have its room as well.
        return Ok(Box::pin(dispatch(app, bound, None, parts, body)).await);
    }
    Err(not_allowed(&parts.method, "POST"))
}

async fn read(app: &Arc<Inner>, name: &str, parts: &Parts) -> Result<Response, Error> {
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    match name {
        // A poll that is a POST is out of reach of every cache. In a box, which is less to move than what is in it.
        "events" if reads || parts.method == Method::POST => Ok(Box::pin(follow(app, parts)).await),
        "csrf" if reads => csrf::issue(parts, &app.config.mount),
        "health" if reads => Ok(health(app)),
        "events" | "csrf" | "health" => Err(not_allowed(&parts.method, "GET")),
        name => {
            let file = assets::serve(name, parts).filter(|_| reads);
            file.ok_or_else(|| app.router.nothing_at(parts.uri.path()))
        }
    }
}

/// The refusal of a method.
pub(super) fn not_allowed(method: &Method, allowed: &'static str) -> Error {
    let detail = format!("{method} is not allowed here; use {allowed}");
    let error = Error::new(StatusCode::METHOD_NOT_ALLOWED, detail);
    error.with_header(header::ALLOW, HeaderValue::from_static(allowed))
}

/// Whether the app takes requests: what a load balancer asks.
fn health(app: &Inner) -> Response {
    let (status, text) = match app.drain.phase() {
        Phase::Running => (StatusCode::OK, "ok"),
        Phase::Draining | Phase::Ended => (StatusCode::SERVICE_UNAVAILABLE, "draining"),
    };
    let text = Value::Text(Bytes::from_static(text.as_bytes()));
    Outcome::new(text).with_status(status).into_response()
}
