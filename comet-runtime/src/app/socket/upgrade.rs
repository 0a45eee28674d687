//! From the request to the session.

use std::sync::Arc;

use axum_core::response::Response;
use http::StatusCode;
use http::request::Parts;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tracing::{Instrument, Span};

use super::channels::Opening;
use super::request::Subscribe;
use super::session::Session;
use crate::app::admit::identify;
use crate::app::service::Inner;
use crate::app::wanted::{Start, Wanted};
use crate::auth::check_origin;
use crate::error::Error;
use crate::server::{Shared, Taken, Takeover, detach};
use crate::transport::websocket::{Carrier, Close, Handshake};
use crate::transport::{Sink, problem};

/// Nobody but the server that has the connection can give it away.
const NO_CONNECTION: &str = "the server that Comet runs in does not hand this connection over, so it cannot become a \
                             WebSocket; use another transport";

impl Carrier for Shared {
    fn sink(&self) -> Option<Arc<dyn Sink>> {
        Some(self.share())
    }
}

/// In another server.
impl Carrier for TokioIo<Upgraded> {}

/// Answers a request that asks for a WebSocket.
pub(in crate::app) async fn upgrade(app: &Arc<Inner>, parts: Parts) -> Response {
    let opened = open(app, parts).await;
    opened.unwrap_or_else(|error| problem(None, &error))
}

async fn open(app: &Arc<Inner>, mut parts: Parts) -> Result<Response, Error> {
    let handshake = Handshake::read(&parts)?;
    // No browser asks before it opens a WebSocket to another site, cookies included, and lets the page read it.
    check_origin(&parts, &app.config.origins)?;
    let opening = opening(Wanted::read(&parts)?);
    // Whoever shows what is wrong is refused here; who the client is, is asked again whenever it matters.
    identify(app, &parts).await?;
    let Some(connection) = parts.extensions.remove::<OnUpgrade>() else {
        return Err(Error::new(StatusCode::NOT_IMPLEMENTED, NO_CONNECTION));
    };
    detach(&mut parts);
    let app = Arc::clone(app);
    match Takeover::of(&mut parts) {
        Some(takeover) => {
            let span = Span::current();
            takeover.upgrade(connection, move |Taken { socket, behind, .. }| {
                let session = Session::new(&app, parts, socket, &behind.ahead, opening);
                session.run().instrument(span)
            });
        }
        // In another server nobody waits for what is not HTTP any more.
        None => {
            let session = async move {
                let left = "the client left before it had its WebSocket";
                let io = connection.await.inspect_err(|error| tracing::debug!(%error, "{left}"));
                Session::new(&app, parts, TokioIo::new(io.ok()?), &[], opening).run().await
            };
            drop(tokio::spawn(session.instrument(Span::current())));
        }
    }
    Ok(handshake.response())
}

/// What the request asks to follow, and how its session ends if nothing comes of that.
fn opening(wanted: Wanted) -> Opening {
    let Wanted { channels: names, start, history, polling, .. } = wanted;
    let (first, without) = match start {
        Start::Done => (Subscribe::default(), Some(Close::DONE)),
        Start::After(positions) => {
            let without = (!names.is_empty()).then_some(Close::REFUSED);
            (Subscribe { names, positions, history }, without)
        }
    };
    Opening { first, client: polling.client, without }
}
