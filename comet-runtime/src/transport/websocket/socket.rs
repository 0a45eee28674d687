//! One WebSocket: what is read from it, and what is on its way to it.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::timeout;

use super::Close;
use super::decoder::{Decoder, Event};
use super::encoder::{self, Control};
use crate::deadline::Patience;
use crate::transport::{Outlet, Sink, Transport};

/// How many bytes wait for a client before nobody is asked for more.
const FULL: usize = 64 * 1024;

/// How many bytes one look at the network takes.
const LOOK: usize = 4096;

/// How long a client has to take the last words and answer them.
const LINGER: Duration = Duration::from_secs(2);

/// A connection that carries a WebSocket.
pub(crate) trait Carrier: AsyncRead + AsyncWrite + Unpin {
    /// The same for a lane, where one can write to it.
    fn sink(&self) -> Option<Arc<dyn Sink>> {
        None
    }
}

/// A WebSocket over a connection.
pub(crate) struct Socket<I> {
    io: I,
    inbox: BytesMut,
    decoder: Decoder,
    /// What is being written: it may be shared with other readers.
    sending: Bytes,
    /// What is written after that.
    ready: Vec<u8>,
    /// The newest ping that was not answered yet; one answer does for all (RFC 6455, section 5.5.3).
    pinged: Option<Vec<u8>>,
    patience: Patience,
}

/// What a client is heard to do.
#[derive(Debug)]
pub(crate) enum Heard {
    Text(String),
    /// It is there, and says nothing.
    Life,
    /// It wants to leave, or has to; with the answer to that.
    Close(Close),
    /// It has left without a word.
    Gone,
}

impl<I: Carrier> Socket<I> {
    /// A socket for messages of at most `limit` bytes from a client that may take nothing for `patience`. So much was
    /// `read` of it already.
    pub(crate) fn new(io: I, read: &[u8], limit: usize, patience: Duration) -> Self {
        Self {
            io,
            inbox: BytesMut::from(read),
            decoder: Decoder::new(limit),
            sending: Bytes::new(),
            ready: Vec::new(),
            pinged: None,
            patience: Patience::new(patience),
        }
    }

    /// Where messages are put.
    pub(crate) fn outlet(&mut self) -> Outlet<'_> {
        Outlet::new(Transport::WebSocket, &mut self.ready)
    }

    /// Where a lane writes for it.
    pub(crate) fn sink(&self) -> Option<Arc<dyn Sink>> {
        self.io.sink()
    }

    /// Puts a frame that other readers have as well, or the rest of one.
    pub(crate) fn share(&mut self, frame: Bytes) {
        if self.is_idle() {
            self.sending = frame;
        } else {
            self.ready.extend_from_slice(&frame);
        }
    }

    /// Puts messages, a line each, as those of a call.
    pub(crate) fn put_lines(&mut self, call: &str, lines: &[u8]) {
        for line in lines.split(|byte| *byte == b'\n') {
            let Some(members) = line.strip_prefix(b"{") else { continue };
            encoder::text(&mut self.ready, |out| {
                out.extend_from_slice(b"{\"call\":\"");
                out.extend_from_slice(call.as_bytes());
                out.extend_from_slice(b"\",");
                out.extend_from_slice(members);
            });
        }
    }

    /// Asks the client for a sign of life.
    pub(crate) fn ping(&mut self) {
        encoder::control(&mut self.ready, Control::Ping, b"");
    }

    /// Whether nothing is on its way to the client.
    pub(crate) fn is_idle(&self) -> bool {
        self.sending.is_empty() && self.ready.is_empty() && self.pinged.is_none()
    }

    /// Whether more may be put.
    pub(crate) fn has_room(&self) -> bool {
        self.sending.len() + self.ready.len() < FULL
    }

    /// The next thing the client does. Pings are answered.
    pub(crate) fn poll_hear(&mut self, cx: &mut Context<'_>) -> Poll<Heard> {
        Poll::Ready(match self.decoder.read(&mut self.inbox) {
            Ok(Some(Event::Text(text))) => Heard::Text(text),
            Ok(Some(Event::Ping(payload))) => {
                self.pinged = Some(payload);
                Heard::Life
            }
            Ok(Some(Event::Pong)) => Heard::Life,
            Ok(Some(Event::Close(code))) => Heard::Close(Close::echo(code)),
            Err(close) => Heard::Close(close),
            Ok(None) => match ready!(self.poll_look(cx)) {
                Ok(1..) => Heard::Life,
                Ok(0) | Err(_) => Heard::Gone,
            },
        })
    }

    /// Takes what the network has; no memory is held while it has nothing.
    fn poll_look(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if self.inbox.is_empty() {
            self.inbox = BytesMut::new();
        }
        let mut space = [MaybeUninit::uninit(); LOOK];
        let mut look = ReadBuf::uninit(&mut space);
        ready!(Pin::new(&mut self.io).poll_read(cx, &mut look))?;
        self.inbox.extend_from_slice(look.filled());
        Poll::Ready(Ok(look.filled().len()))
    }

    /// Writes all there is, in one go if the network takes it.
    pub(crate) fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.is_idle() {
            if let Some(payload) =
                self.pinged.take_if(|_| self.sending.len() + self.ready.len() < FULL)
            {
                encoder::control(&mut self.ready, Control::Pong, &payload);
            }
            let pieces = [IoSlice::new(&self.sending), IoSlice::new(&self.ready)];
            let written = Pin::new(&mut self.io).poll_write_vectored(cx, &pieces);
            match ready!(self.patience.watch(written, false, cx))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written if written < self.sending.len() => self.sending.advance(written),
                written => {
                    let more = written - self.sending.len();
                    self.sending = Bytes::from(std::mem::take(&mut self.ready));
                    self.sending.advance(more);
                }
            }
        }
        let flushed = Pin::new(&mut self.io).poll_flush(cx);
        self.patience.watch(flushed, false, cx)
    }

    /// Says why, waits for the client's answer, and ends; all of it for two seconds at most.
    pub(crate) async fn close(mut self, close: Close, answered: bool) {
        encoder::control(&mut self.ready, Control::Close, &close.payload());
        // Who does not answer in time is cut off.
        let _ = timeout(LINGER, self.part(answered)).await;
    }

    async fn part(&mut self, mut answered: bool) -> io::Result<()> {
        std::future::poll_fn(|cx| self.poll_send(cx)).await?;
        while !answered {
            answered = match std::future::poll_fn(|cx| self.poll_hear(cx)).await {
                Heard::Close(_) | Heard::Gone => true,
                Heard::Text(_) | Heard::Life => false,
            };
        }
        self.io.shutdown().await?;
        // A connection that is dropped with something unread is reset, and the last words are lost with it.
        while std::future::poll_fn(|cx| self.poll_look(cx)).await? > 0 {
            self.inbox.clear();
        }
        Ok(())
    }
}
