//! The socket as hyper sees it: nothing that means two things, and not for ever.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::framing::Framing;
use super::idle::Idle;
use super::shared::Shared;
use super::socket::Socket;
use super::taken::{Behind, Taken};
use super::takeover::{Exit, Reply};
use crate::deadline::{Deadline, Patience};

/// The time limits of a wire.
#[derive(Debug, Clone, Copy)]
pub(super) struct WireLimits {
    /// From the first byte of a request's header to the last.
    pub(super) header: Duration,
    /// Without a byte taken by the peer while there is something to send.
    pub(super) write: Duration,
}

/// A socket that watches its HTTP/1 requests pass.
///
/// hyper takes some things that proxies take otherwise, which is how requests are smuggled past them. In their place
/// stands a byte that no header may hold, so that hyper answers 400 in its turn, after the replies still due, and
/// closes.
#[derive(Debug)]
pub(crate) struct Wire {
    socket: Socket,
    /// Read by somebody else, and not yet passed on.
    carry: Bytes,
    /// What was carried, while nothing else was read and nothing written.
    first: Option<Bytes>,
    /// `None` for HTTP/2, and after an upgrade.
    framing: Option<Framing>,
    idle: Idle,
    exit: Arc<Exit>,
    refused: bool,
    limits: WireLimits,
    header: Deadline,
    patience: Patience,
}

impl Wire {
    /// An HTTP/1 connection whose first `carry` bytes are read, and whose first header must be there at `deadline`.
    pub(super) fn http1(
        socket: Socket,
        carry: BytesMut,
        deadline: Instant,
        limits: WireLimits,
    ) -> Self {
        let mut wire = Self::new(socket, carry.freeze(), limits);
        wire.header.start(deadline);
        wire.watching()
    }

    pub(super) fn http2(socket: Socket, carry: BytesMut, limits: WireLimits) -> Self {
        Self::new(socket, carry.freeze(), limits)
    }

    fn new(socket: Socket, carry: Bytes, limits: WireLimits) -> Self {
        Self {
            socket,
            carry,
            first: None,
            framing: None,
            idle: Idle::default(),
            exit: Arc::default(),
            refused: false,
            limits,
            header: Deadline::default(),
            patience: Patience::new(limits.write),
        }
    }

    /// How the connection leaves hyper.
    pub(super) fn exit(&self) -> Arc<Exit> {
        Arc::clone(&self.exit)
    }

    /// The clock that says when the connection has been idle for too long.
    pub(super) fn idle(&self) -> Idle {
        self.idle.clone()
    }

    /// The connection without hyper, which has read so much before its turn. That has its turn where the connection lasts.
    pub(super) fn apart(self, read: &[u8], lasts: bool) -> (Socket, Behind) {
        (self.socket, Behind::new(read, lasts, self.refused, self.limits))
    }

    /// The same in the middle of a reply.
    pub(super) fn into_taken(self, read: &[u8], head: Bytes, reply: Reply) -> Taken {
        let (socket, behind) = self.apart(read, reply.lasts);
        Taken { socket: Shared::new(socket), head, chunked: reply.chunked, behind }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.socket.is_encrypted()
    }

    /// What has been passed on, if it came at once and was not answered yet.
    pub(super) fn take_first(&mut self) -> Option<Bytes> {
        self.first.take()
    }

    /// A wire between two requests, with so much read of the next one already.
    pub(super) fn between(
        socket: Socket,
        read: Vec<u8>,
        refused: bool,
        limits: WireLimits,
    ) -> Self {
        let mut wire = Self::new(socket, read.into(), limits);
        wire.refused = refused;
        if !wire.carry.is_empty() {
            wire.header.start(Instant::now() + limits.header);
        }
        wire.watching()
    }

    fn watching(mut self) -> Self {
        self.first = Some(self.carry.clone());
        self.exit.set_known(true);
        self.framing = Some(Framing::default());
        self
    }

    /// The bytes of the next request are not to be told from others.
    fn forget_first(&mut self) {
        if self.first.take().is_some() {
            self.exit.set_known(false);
        }
    }

    /// Looks through what is passed on, the bytes of `buf` behind `before`, and cuts it off at the first that may not be.
    fn inspect(&mut self, buf: &mut ReadBuf<'_>, before: usize) {
        let Some(framing) = &mut self.framing else { return };
        let read = framing.read(&buf.filled()[before..]);
        self.idle.note(framing.within_head());
        if framing.within_head() {
            self.header.start(Instant::now() + self.limits.header);
        } else {
            self.header.clear();
        }
        if let Err(malformed) = read {
            tracing::debug!(reason = malformed.reason, "malformed request");
            buf.set_filled(before + malformed.at);
            buf.put_slice(b"\0");
            self.carry = Bytes::new();
            self.refused = true;
        }
    }

    /// Starts and stops the limit for a peer that takes nothing.
    fn written<T>(
        &mut self,
        cx: &mut Context<'_>,
        poll: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        self.forget_first();
        self.patience.watch(poll, self.socket.has_moved(), cx)
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.framing.is_some() && self.exit.has_happened() {
            self.framing = None;
            self.header.clear();
        }
        let before = buf.filled().len();
        if !self.carry.is_empty() {
            let here = self.carry.len().min(buf.remaining());
            buf.put_slice(&self.carry.split_to(here));
            if self.carry.is_empty() {
                self.carry = Bytes::new();
            }
        } else if self.refused {
            return Poll::Ready(Ok(()));
        } else if let Poll::Ready(read) = Pin::new(&mut self.socket).poll_read(cx, buf) {
            read?;
            self.forget_first();
        } else {
            return self.header.poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()));
        }
        self.inspect(buf, before);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.socket).poll_write(cx, buf);
        self.written(cx, poll)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.socket).poll_write_vectored(cx, bufs);
        self.written(cx, poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    /// hyper flushes when it has written all it has.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.exit.flushed();
        match self.socket.poll_through(cx) {
            Poll::Pending => self.written(cx, Poll::Pending),
            flushed => flushed,
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.socket).poll_shutdown(cx);
        self.written(cx, shut)
    }
}
