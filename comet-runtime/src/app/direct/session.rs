//! One stream and its socket, until either ends.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http_body::Body;
use tokio::net::TcpStream;

use super::outgoing::Outgoing;
use crate::deadline::Patience;
use crate::server::Taken;
use crate::transport::{Aside, Left, Ride, StreamBody};

/// What a client may send behind its request, in bytes, until nobody reads it any more: it was told that nothing will come
/// of it.
const EARSHOT: usize = 16 * 1024;

/// A stream on its way into a socket. The next frame is asked for when the one before is written, so a client that does
/// not read costs no more than that.
pub(super) struct Session {
    socket: Arc<TcpStream>,
    /// Set while a lane writes for it.
    ride: Option<Ride>,
    body: StreamBody,
    outgoing: Outgoing,
    /// Bytes that are still read to hear of the client's end.
    earshot: usize,
    patience: Patience,
    finished: bool,
}

impl Session {
    pub(super) fn new(taken: Taken, body: StreamBody) -> Self {
        let Taken { socket, head, chunked, write_timeout } = taken;
        Self {
            socket: Arc::new(socket),
            ride: None,
            body,
            outgoing: Outgoing::new(head, chunked),
            earshot: EARSHOT,
            patience: Patience::new(write_timeout),
            finished: false,
        }
    }

    /// Writes what there is; an error for a client that takes nothing for too long.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut taken = false;
        let sent = self.outgoing.poll_send(&self.socket, &mut taken, cx);
        if taken || sent.is_ready() {
            self.patience.restore();
        }
        if sent.is_ready() { sent } else { self.patience.poll_lost(cx) }
    }

    /// Ready when the client is gone. What it sends is of no interest.
    fn poll_gone(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut said = [0; 1024];
        while self.earshot > 0 && self.socket.poll_read_ready(cx).is_ready() {
            match self.socket.try_read(&mut said) {
                Ok(0) => return Poll::Ready(()),
                Ok(length) => self.earshot = self.earshot.saturating_sub(length),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return Poll::Ready(()),
            }
        }
        Poll::Pending
    }

    /// Goes on by itself when the lane, or the stream, says so.
    fn poll_ride(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(ride) = &self.ride else { return Poll::Ready(()) };
        if ride.poll_left(cx).is_pending() {
            ready!(self.body.poll_aside(cx));
        }
        if let Some(ride) = self.ride.take() {
            let Left { next, rest, written } = ride.leave();
            self.body.step_back(next, written);
            self.outgoing.resume(rest);
        }
        Poll::Ready(())
    }

    /// Asks for more once all before is written; ready when there is some, or no more, or when a lane sees to it.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.outgoing.push(frame.into_data().unwrap_or_default());
                    return Poll::Ready(());
                }
                Poll::Ready(None) => {
                    self.outgoing.finish();
                    self.finished = true;
                    return Poll::Ready(());
                }
                Poll::Pending => {}
            }
            let sink = Arc::clone(&self.socket);
            match self.body.step_aside(sink, self.outgoing.is_chunked()) {
                Aside::Riding(ride) => {
                    self.ride = Some(ride);
                    return Poll::Ready(());
                }
                Aside::Behind => {}
                Aside::Never => return Poll::Pending,
            }
        }
    }
}

impl Future for Session {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.poll_gone(cx).is_ready() {
            return Poll::Ready(());
        }
        loop {
            ready!(self.poll_ride(cx));
            if let Err(error) = ready!(self.poll_send(cx)) {
                tracing::debug!(%error, "a stream cannot be written");
                return Poll::Ready(());
            }
            if self.finished {
                return Poll::Ready(());
            }
            ready!(self.poll_more(cx));
        }
    }
}
