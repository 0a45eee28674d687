//! One stream and its socket, until either ends.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::Body;
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::outgoing::Outgoing;
use crate::deadline::Deadline;
use crate::server::Taken;
use crate::transport::StreamBody;

/// What a client may send behind its request, in bytes, until nobody reads it any more: it was told that nothing will come
/// of it.
const EARSHOT: usize = 16 * 1024;

/// A stream on its way into a socket. The next frame is asked for when the one before is written, so a client that does
/// not read costs no more than that.
pub(super) struct Session {
    socket: TcpStream,
    body: StreamBody,
    outgoing: Outgoing,
    /// Bytes that are still read to hear of the client's end.
    earshot: usize,
    write_timeout: Duration,
    stalled: Deadline,
    finished: bool,
}

impl Session {
    pub(super) fn new(taken: Taken, body: StreamBody) -> Self {
        let Taken { socket, head, chunked, write_timeout } = taken;
        Self {
            socket,
            body,
            outgoing: Outgoing::new(head, chunked),
            earshot: EARSHOT,
            write_timeout,
            stalled: Deadline::default(),
            finished: false,
        }
    }

    /// Writes what there is; an error for a client that takes nothing for too long.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut taken = false;
        let sent = self.outgoing.poll_send(&self.socket, &mut taken, cx);
        if taken || sent.is_ready() {
            self.stalled.clear();
        }
        if sent.is_ready() {
            return sent;
        }
        self.stalled.start(Instant::now() + self.write_timeout);
        self.stalled.poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
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
}

impl Future for Session {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.poll_gone(cx).is_ready() {
            return Poll::Ready(());
        }
        loop {
            match self.poll_send(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(())) if self.finished => return Poll::Ready(()),
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(error)) => {
                    tracing::debug!(%error, "a stream cannot be written");
                    return Poll::Ready(());
                }
            }
            match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        self.outgoing.push(data);
                    }
                }
                Poll::Ready(None) => {
                    self.outgoing.finish();
                    self.finished = true;
                }
            }
        }
    }
}
