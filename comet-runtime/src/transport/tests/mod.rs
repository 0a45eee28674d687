#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod exact;
mod framing;
mod held;
mod jsonp;
mod negotiation;
mod problems;
mod stream;

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use tracing::Span;

use super::{Rhythm, StreamBody, Transport};
use crate::error::Error;
use crate::flow::Flow;
use crate::log::EventName;
use crate::reply::{Outcome, Value};
use crate::run::{Run, Work, flow};

const RHYTHM: Rhythm = Rhythm { heartbeat: Duration::from_secs(15), resume: None };

fn nothing() -> Result<Outcome, Error> {
    Ok(Outcome::new(Value::Empty))
}

fn run<F>(handler: impl FnOnce(Arc<Flow>) -> F) -> Run
where
    F: Future<Output = Result<Outcome, Error>> + Send + 'static,
{
    let flow = flow();
    let work = Work::new(Box::pin(handler(Arc::clone(&flow))), Span::none());
    Run::new(flow, work)
}

/// The stream of a handler on a server that stays.
fn stream<F>(transport: Transport, handler: impl FnOnce(Arc<Flow>) -> F) -> StreamBody
where
    F: Future<Output = Result<Outcome, Error>> + Send + 'static,
{
    StreamBody::new(transport, run(handler), RHYTHM, Box::pin(pending()))
}

async fn send(flow: &Flow, json: &'static str) -> Result<(), crate::Gone> {
    flow.send(EventName::MESSAGE, Bytes::from_static(json.as_bytes())).await
}

/// The next piece of a body, as a client sees it.
async fn piece<B>(body: &mut B) -> Option<String>
where
    B: http_body::Body<Data = Bytes, Error = Infallible> + Unpin,
{
    let Ok(frame) = body.frame().await?;
    Some(String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap())
}

/// All pieces to the end.
async fn pieces<B>(body: &mut B) -> Vec<String>
where
    B: http_body::Body<Data = Bytes, Error = Infallible> + Unpin,
{
    let mut pieces = Vec::new();
    while let Some(piece) = piece(body).await {
        pieces.push(piece);
    }
    pieces
}
