//! A connection that hyper has given up in the middle of a reply.

use std::io;
use std::mem::MaybeUninit;
use std::task::{Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::ReadBuf;

use super::shared::Shared;
use super::socket::Socket;
use super::wire::{Wire, WireLimits};

/// How much may come before its turn, in bytes; the rest stays with the sender.
const AHEAD: usize = 16 * 1024;

/// How much is read at once: most requests are shorter.
const READ: usize = 4096;

/// A socket in the middle of a reply.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) socket: Shared,
    /// The head of the reply, if it has not been written.
    pub(crate) head: Bytes,
    /// Whether the content is sent in chunks; until the connection closes for a client that knows no chunks.
    pub(crate) chunked: bool,
    pub(crate) behind: Behind,
}

/// What stands behind a reply on its connection.
#[derive(Debug)]
pub(crate) struct Behind {
    /// What came before its turn.
    pub(crate) ahead: Vec<u8>,
    /// Whether that has its turn.
    lasts: bool,
    /// Nothing is to be read behind what was refused.
    refused: bool,
    limits: WireLimits,
}

impl Behind {
    pub(super) fn new(ahead: &[u8], lasts: bool, refused: bool, limits: WireLimits) -> Self {
        Self { ahead: ahead.to_vec(), lasts, refused, limits }
    }

    /// Whether anything may follow the reply.
    pub(crate) fn lasts(&self) -> bool {
        self.lasts
    }

    /// How long a client may take nothing while there is something to send.
    pub(crate) fn write_timeout(&self) -> Duration {
        self.limits.write
    }

    /// Keeps what `read` finds, as far as there is room; ready only when nothing more will come, as the client has left.
    pub(crate) fn poll_left(
        &mut self,
        mut read: impl FnMut(&mut ReadBuf<'_>) -> Poll<io::Result<()>>,
    ) -> Poll<()> {
        while self.ahead.len() < AHEAD {
            if !ready!(self.poll_more(&mut read)) {
                return Poll::Ready(());
            }
        }
        Poll::Pending
    }

    /// Keeps what `read` finds next; `false` when the client has left.
    ///
    /// A client that has ended its side of the connection has left: one that is cut off looks no other.
    pub(super) fn poll_more(
        &mut self,
        read: impl FnOnce(&mut ReadBuf<'_>) -> Poll<io::Result<()>>,
    ) -> Poll<bool> {
        if self.refused {
            return Poll::Pending;
        }
        let mut space = [MaybeUninit::uninit(); READ];
        let mut buf = ReadBuf::uninit(&mut space);
        let there = ready!(read(&mut buf)).is_ok() && !buf.filled().is_empty();
        self.ahead.extend_from_slice(buf.filled());
        Poll::Ready(there)
    }

    /// The wire for what follows, when the reply is whole; `None` when nothing does.
    pub(crate) fn resume(self, socket: Socket) -> Option<Wire> {
        let Self { ahead, lasts, refused, limits } = self;
        lasts.then(|| Wire::between(socket, ahead, refused, limits))
    }
}
