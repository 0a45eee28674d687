//! The socket of a connection, plain or encrypted.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

use super::sniff::Protocol;
use crate::tls::Tls;

/// The socket of a connection, for whoever has it to itself (`AsyncRead`, `AsyncWrite`) and for those that share it: one
/// task that waits, to read and to write, and others that only try to write.
#[derive(Debug)]
pub(crate) enum Socket {
    Plain(TcpStream),
    Tls(Box<Tls>),
}

impl Socket {
    /// What the peers have agreed to speak, if they have.
    pub(super) fn protocol(&self) -> Option<Protocol> {
        match self {
            Self::Plain(_) => None,
            Self::Tls(tls) => Some(if tls.is_http2()? { Protocol::Http2 } else { Protocol::Http1 }),
        }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        matches!(self, Self::Tls(_))
    }

    /// Reads what there is; nothing when the peer sends no more.
    pub(crate) fn poll_receive(
        &self,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let stream = match self {
            Self::Plain(stream) => stream,
            Self::Tls(tls) => return tls.poll_receive(cx, buf),
        };
        let before = buf.filled().len();
        loop {
            ready!(stream.poll_read_ready(cx))?;
            let read = stream.try_io(Interest::READABLE, || {
                stream.try_read_buf(buf)?;
                // What is less than there was room for was all, as if it had been asked for more and had said so.
                match buf.remaining() > 0 && buf.filled().len() > before {
                    true => Err(io::ErrorKind::WouldBlock.into()),
                    false => Ok(()),
                }
            });
            match read {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if buf.filled().len() > before {
                        return Poll::Ready(Ok(()));
                    }
                }
                read => return Poll::Ready(read),
            }
        }
    }

    /// Takes what there is room for.
    pub(crate) fn poll_send(
        &self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let stream = match self {
            Self::Plain(stream) => stream,
            Self::Tls(tls) => return tls.poll_send(cx, parts),
        };
        loop {
            match stream.try_write_vectored(parts) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    ready!(stream.poll_write_ready(cx))?;
                }
                written => return Poll::Ready(written),
            }
        }
    }

    /// Takes what there is room for without waiting.
    ///
    /// # Errors
    ///
    /// `WouldBlock` when that is nothing now; anything else when it never will be more again.
    pub(crate) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.try_write(bytes),
            Self::Tls(tls) => tls.try_send(bytes),
        }
    }

    /// Whether something that was taken waits here for whoever waits for room.
    pub(crate) fn owes(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Tls(tls) => tls.owes(),
        }
    }

    /// Waits until nothing is owed.
    pub(crate) fn poll_through(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Plain(_) => Poll::Ready(Ok(())),
            Self::Tls(tls) => tls.poll_flush(cx),
        }
    }

    /// Whether the peer has made room for what is owed since this was asked before.
    pub(crate) fn has_moved(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Tls(tls) => tls.has_moved(),
        }
    }

    /// Tells the peer that it has got everything, where the protocol has a way to.
    pub(crate) fn poll_close(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Plain(_) => Poll::Ready(Ok(())),
            Self::Tls(tls) => tls.poll_close(cx),
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut *self {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Tls(tls) => tls.poll_receive(cx, buf),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut *self {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Self::Tls(tls) => tls.poll_send(cx, &[IoSlice::new(buf)]),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut *self {
            Self::Plain(stream) => Pin::new(stream).poll_write_vectored(cx, bufs),
            Self::Tls(tls) => tls.poll_send(cx, bufs),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_through(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(tls) => tls.poll_shutdown(cx),
        }
    }
}
