//! One stream and its socket, until either ends.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http_body::Body;

use super::outgoing::Outgoing;
use crate::deadline::Patience;
use crate::server::{Behind, Shared, Taken, Wire};
use crate::transport::{Aside, Left, Ride, StreamBody};

/// A stream on its way into a socket. It is asked for more when all before is written, so a client that does not read
/// costs no more than one write.
pub(super) struct Session {
    socket: Shared,
    /// Set while a lane writes for it.
    ride: Option<Ride>,
    body: StreamBody,
    outgoing: Outgoing,
    behind: Behind,
    patience: Patience,
    /// Whether the head is still to be written.
    begins: bool,
    finished: bool,
}

/// How a stream ends.
enum Ended {
    Whole,
    /// The client has left, or takes nothing any more.
    Early,
}

impl Session {
    pub(super) fn new(taken: Taken, body: StreamBody) -> Self {
        let Taken { socket, head, chunked, behind } = taken;
        let (mut outgoing, begins) = (Outgoing::new(chunked), !head.is_empty());
        outgoing.resume(head);
        Self {
            socket,
            ride: None,
            body,
            outgoing,
            patience: Patience::new(behind.write_timeout()),
            behind,
            begins,
            finished: false,
        }
    }

    /// Writes the stream to its end; then the wire, for what follows it.
    #[expect(clippy::manual_async_fn, reason = "the future of an `async fn` has room for it twice")]
    pub(super) fn run(mut self) -> impl Future<Output = Option<Wire>> + Send {
        async move {
            match poll_fn(|cx| self.poll(cx)).await {
                Ended::Whole => self.behind.resume(self.socket.into_inner()?),
                Ended::Early => None,
            }
        }
    }

    /// Writes what there is; an error for a client that takes nothing for too long.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut taken = false;
        let sent = self.outgoing.poll_send(&self.socket, &mut taken, cx);
        self.patience.watch(sent, taken || self.socket.has_moved(), cx)
    }

    /// Ready when the client has left.
    fn poll_left(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let socket = &self.socket;
        self.behind.poll_left(|buf| socket.poll_receive(cx, buf))
    }

    /// Lets the client know that it has got everything, where nothing follows that would.
    fn poll_close(&mut self, cx: &mut Context<'_>) -> Poll<Ended> {
        if self.behind.lasts() {
            return Poll::Ready(Ended::Whole);
        }
        match self.socket.poll_close(cx) {
            Poll::Ready(_) => Poll::Ready(Ended::Whole),
            Poll::Pending => self.patience.poll_lost::<()>(cx).map(|_| Ended::Early),
        }
    }

    /// Goes on by itself when the lane, or the stream, says so.
    fn poll_ride(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(ride) = &self.ride else { return Poll::Ready(()) };
        if ride.poll_left(cx).is_pending() {
            ready!(self.body.poll_aside(cx));
        }
        if let Some(ride) = self.ride.take() {
            let Left { next, rest, written, .. } = ride.leave();
            self.body.step_back(next, written);
            self.outgoing.resume(rest);
        }
        Poll::Ready(())
    }

    /// Gathers what there is to say for one write; whether that was all for now.
    fn gather(&mut self, cx: &mut Context<'_>) -> bool {
        while self.outgoing.has_room() {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else { return true };
            if let Some(Ok(frame)) = frame {
                self.outgoing.push(frame.into_data().unwrap_or_default());
            }
            if self.body.is_end_stream() {
                self.outgoing.finish();
                self.finished = true;
                break;
            }
        }
        false
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Ended> {
        if self.poll_left(cx).is_ready() {
            return Poll::Ready(Ended::Early);
        }
        // What there is at once goes out with the head.
        let mut waits = std::mem::take(&mut self.begins) && self.gather(cx);
        loop {
            ready!(self.poll_ride(cx));
            if let Err(error) = ready!(self.poll_send(cx)) {
                tracing::debug!(%error, "a stream cannot be written");
                return Poll::Ready(Ended::Early);
            }
            if self.finished {
                return self.poll_close(cx);
            }
            if !waits {
                waits = self.gather(cx);
                continue;
            }
            waits = false;
            match self.body.step_aside(self.socket.share(), self.outgoing.is_chunked()) {
                Aside::Riding(ride) => self.ride = Some(ride),
                Aside::Behind => {}
                Aside::Never => return Poll::Pending,
            }
        }
    }
}
