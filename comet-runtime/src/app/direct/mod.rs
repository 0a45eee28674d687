//! Streams on our own server, written to the socket by nobody but us.
//!
//! A stream that lasts for hours needs nothing of what hyper keeps for a connection: its buffers, its state, and the
//! copies between them. hyper writes the head of the reply, and whatever there is to say at once, unless the request came
//! before there was hyper ([`Takeover::is_bare`]). When the stream has had to wait for some time, hyper is gone
//! ([`Takeover::leave`]); what is left is the socket and the stream. A reply that is over by then is hyper's alone. Wherever
//! there is no connection to take over, in another server or on HTTP/2, the same stream is the body of a response to its end.

mod outgoing;
mod session;

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http_body::Frame;
use tokio::time::{Sleep, sleep};

use self::session::Session;
use crate::server::{Socket, Takeover};
use crate::transport::{self, Sink, StreamBody, Transport};

/// How long the stream of a handler waits with hyper. Leaving it and coming back takes as much as a request.
pub(super) const SOON: Duration = Duration::from_millis(100);

/// The reply that streams, over the connection itself where that is offered, once it has had to wait for so long.
pub(super) fn stream(
    transport: Transport,
    body: StreamBody,
    takeover: Option<Takeover>,
    after: Duration,
) -> Response {
    match takeover {
        None => transport::stream(transport, body),
        Some(takeover) if after.is_zero() && takeover.is_bare() => {
            let head = transport::streaming(transport, &body);
            takeover.leave(move |taken| Session::new(taken, body).run());
            head.map(|()| Body::empty())
        }
        Some(takeover) => transport::streaming(transport, &body)
            .map(|()| Body::new(Leaving { body: Some(body), takeover, after, since: None })),
    }
}

/// A stream as the body of a reply, up to where it goes on without hyper.
struct Leaving {
    /// `None` from there on.
    body: Option<StreamBody>,
    takeover: Takeover,
    after: Duration,
    /// Runs from where it had to wait first.
    since: Option<Pin<Box<Sleep>>>,
}

impl Leaving {
    /// Ready when the stream, which has to wait, is better off without hyper.
    fn poll_time(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.after.is_zero() {
            return Poll::Ready(());
        }
        self.since.get_or_insert_with(|| Box::pin(sleep(self.after))).as_mut().poll(cx)
    }
}

impl http_body::Body for Leaving {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(body) = &mut self.body else { return Poll::Pending };
        let frame = Pin::new(body).poll_frame(cx);
        if frame.is_pending()
            && self.poll_time(cx).is_ready()
            && self.takeover.is_open()
            && let Some(body) = self.body.take()
        {
            self.takeover.leave(move |taken| Session::new(taken, body).run());
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_some_and(http_body::Body::is_end_stream)
    }
}

impl Sink for Socket {
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        self.try_send(bytes)
    }

    fn owes(&self) -> bool {
        Socket::owes(self)
    }
}
