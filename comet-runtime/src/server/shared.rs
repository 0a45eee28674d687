//! A socket that is written to by its own task, and by another while that one sleeps.

use std::io::{self, IoSlice};
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::socket::Socket;

/// The socket of a connection that was taken over.
#[derive(Debug)]
pub(crate) struct Shared(Arc<Socket>);

impl Shared {
    pub(super) fn new(socket: Socket) -> Self {
        Self(Arc::new(socket))
    }

    /// The socket itself, when nobody else has it any more.
    pub(crate) fn into_inner(self) -> Option<Socket> {
        Arc::into_inner(self.0)
    }

    /// The same for whoever else writes to it.
    pub(crate) fn share(&self) -> Arc<Socket> {
        Arc::clone(&self.0)
    }
}

impl Deref for Shared {
    type Target = Socket;

    fn deref(&self) -> &Socket {
        &self.0
    }
}

impl AsyncRead for Shared {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll_receive(cx, buf)
    }
}

impl AsyncWrite for Shared {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_send(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_send(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_through(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Arc::get_mut(&mut self.0) {
            Some(socket) => Pin::new(socket).poll_shutdown(cx),
            // Who else has it is not through with it.
            None => Poll::Ready(Ok(())),
        }
    }
}
