#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
#[cfg(feature = "roots")]
pub(crate) mod adapted;
mod bundles;
mod by_name;
mod cursors;
mod files;
mod findings;
mod follow;
mod listing;
mod near;
mod parked;
mod paths;
mod replies;
pub(crate) mod rooms;
mod scripts;
mod socket;

use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::{Request, header};
use http_body_util::BodyExt;
use tower_service::Service as _;

use super::Service;
use super::checks::{self, Plan, StartError};
use crate::auth::HostRule;
use crate::config::Config;
use crate::error::Error;
use crate::log::EventName;
use crate::registry::tests::sample;
use crate::registry::{Endpoint, Shape};
use crate::reply::BoxFuture;
use crate::reply::{Outcome, Value};
use crate::server::Drain;

pub(super) fn endpoint(line: u32) -> Endpoint {
    sample("import", "src/lib.rs", line)
}

pub(super) fn plan(endpoints: impl IntoIterator<Item = Endpoint>) -> Plan {
    let leak = |endpoint| -> &'static Endpoint { Box::leak(Box::new(endpoint)) };
    Plan::new(endpoints.into_iter().map(leak).collect(), Vec::new())
}

fn build(plan: Plan, config: Config) -> Result<Service, StartError> {
    checks::build(plan, Arc::new(config))
}

/// An app under test, and the drain it hears of.
#[derive(Clone)]
pub(crate) struct Tested {
    service: Service,
    pub(crate) drain: Drain,
}

impl Tested {
    fn new(endpoints: impl IntoIterator<Item = Endpoint>) -> Self {
        Self::with(plan(endpoints), Config::default())
    }

    pub(super) fn with(plan: Plan, config: Config) -> Self {
        let drain = Drain::new();
        let hosts = HostRule::new("127.0.0.1:80".parse().unwrap(), &config.hosts);
        let service = build(plan, config).unwrap().served_by(drain.clone(), hosts);
        Self { service, drain }
    }

    pub(crate) async fn send(&self, request: http::request::Builder, body: &str) -> Response {
        self.send_as("localhost", request, body).await
    }

    /// Sends to a server that is called by that name.
    async fn send_as(&self, host: &str, request: http::request::Builder, body: &str) -> Response {
        let request = request.header(header::HOST, host);
        let Ok(response) =
            self.service.clone().call(request.body(Body::from(body.to_owned())).unwrap()).await;
        response
    }

    pub(super) async fn get(&self, path: &str) -> Response {
        self.send(Request::get(path), "").await
    }

    /// Gets a path as a stream of lines; a cursor goes into the header.
    pub(crate) async fn lines(&self, path: &str, cursor: Option<&str>) -> Response {
        let mut request = Request::get(path).header(header::ACCEPT, "application/x-ndjson");
        if let Some(cursor) = cursor {
            request = request.header("last-event-id", cursor);
        }
        self.send(request, "").await
    }
}

pub(crate) async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// The next piece of a body; `None` at its end.
async fn piece(response: &mut Response) -> Option<String> {
    let frame = response.body_mut().frame().await?.unwrap();
    Some(String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap())
}

pub(crate) fn field<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn nothing() -> Result<Outcome, Error> {
    Ok(Outcome::new(Value::Empty))
}

/// Waits for ever.
fn parked(call: crate::Call) -> BoxFuture {
    Box::pin(async move {
        call.begin()?;
        std::future::pending().await
    })
}

/// Writes two events and returns.
fn two_events(call: crate::Call) -> BoxFuture {
    Box::pin(async move {
        call.begin()?;
        for json in ["1", "2"] {
            call.flow()?.send(EventName::MESSAGE, Bytes::from_static(json.as_bytes())).await?;
        }
        nothing()
    })
}

fn events(signature: &mut crate::Signature) {
    signature.shape = Shape::Events;
}
