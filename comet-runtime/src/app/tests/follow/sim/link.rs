//! One connection of a reader, whatever is under it.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum_core::body::Body;
use axum_core::response::Response;
use http_body::Body as _;
use tokio::time::timeout;

use super::super::parse::{Parser, Transport};
use super::checker::Place;
use super::network::Asked;

/// Longer than any greeting takes that comes at all.
const GREETING: Duration = Duration::from_secs(5);

/// A connection.
pub(super) struct Link {
    answer: Answer,
    pub(super) parser: Parser,
    /// Where each followed channel stood when the link was made, for a client that comes for the first time.
    pub(super) start: Vec<Place>,
    /// What has come and was not looked at.
    early: Option<Arrival>,
}

enum Answer {
    /// A response on its way.
    Awaited(Asked),
    Streamed(Body),
    /// A response that is read when it is whole.
    Collected(Body, Vec<u8>),
}

/// What one look at a connection brings.
pub(super) enum Arrival {
    Nothing,
    Piece(Vec<u8>),
    Reply(Vec<u8>),
    End,
}

impl Link {
    pub(super) fn new(asked: Asked, transport: Transport, start: Vec<Place>) -> Self {
        let parser = Parser::new(transport);
        Self { answer: Answer::Awaited(asked), parser, start, early: None }
    }

    /// Waits until the server has heard of the reader: something has come back, or nothing will any more.
    pub(super) async fn greeted(&mut self) {
        let greeting = timeout(GREETING, std::future::poll_fn(|cx| self.poll(cx))).await;
        self.early = greeting.ok();
    }

    /// What has come, or comes within so long a time.
    pub(super) async fn look(&mut self, patience: Duration) -> Arrival {
        if let Some(arrival) = self.early.take() {
            return arrival;
        }
        if patience.is_zero() {
            let now = self.poll(&mut Context::from_waker(Waker::noop()));
            return if let Poll::Ready(arrival) = now { arrival } else { Arrival::Nothing };
        }
        let mut pieces = Vec::new();
        // Over a socket messages come in many pieces.
        while let Ok(next) = timeout(patience, std::future::poll_fn(|cx| self.poll(cx))).await {
            match next {
                Arrival::Piece(piece) => pieces.extend(piece),
                next if pieces.is_empty() => return next,
                next => {
                    self.early = Some(next);
                    break;
                }
            }
        }
        if pieces.is_empty() { Arrival::Nothing } else { Arrival::Piece(pieces) }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Arrival> {
        loop {
            match &mut self.answer {
                Answer::Awaited(asked) => match std::task::ready!(asked.as_mut().poll(cx)) {
                    Some(response) => self.answer = self.begun(response),
                    None => return Poll::Ready(Arrival::End),
                },
                Answer::Streamed(body) => {
                    let piece = std::task::ready!(piece(body, cx));
                    return Poll::Ready(match piece {
                        Some(Ok(bytes)) => Arrival::Piece(bytes),
                        Some(Err(Broken)) | None => Arrival::End,
                    });
                }
                Answer::Collected(body, whole) => match std::task::ready!(piece(body, cx)) {
                    Some(Ok(bytes)) => whole.extend(bytes),
                    Some(Err(Broken)) => return Poll::Ready(Arrival::End),
                    None => return Poll::Ready(Arrival::Reply(std::mem::take(whole))),
                },
            }
        }
    }

    fn begun(&self, response: Response) -> Answer {
        assert!(matches!(response.status().as_u16(), 200 | 101), "{response:?}");
        let body = response.into_body();
        match self.parser.transport {
            transport if transport.polls() => Answer::Collected(body, Vec::new()),
            _ => Answer::Streamed(body),
        }
    }
}

/// The connection broke.
struct Broken;

fn piece(body: &mut Body, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, Broken>>> {
    let frame = std::task::ready!(Pin::new(body).poll_frame(cx));
    Poll::Ready(frame.map(|frame| match frame {
        Ok(frame) => Ok(frame.into_data().unwrap_or_default().to_vec()),
        Err(_) => Err(Broken),
    }))
}
