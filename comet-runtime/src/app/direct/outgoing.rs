//! Bytes on their way into a socket.

use std::io::{self, IoSlice};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};

use crate::server::Socket;
use crate::transport::chunk;

/// What was given out and is not in the socket yet.
#[derive(Debug)]
pub(super) struct Outgoing {
    chunked: bool,
    /// What stands before the data, the data, and what stands behind it.
    parts: [Bytes; 3],
}

impl Outgoing {
    /// For content in chunks, or until the connection closes.
    pub(super) fn new(chunked: bool) -> Self {
        Self { chunked, parts: Default::default() }
    }

    /// Content, once all before is in the socket.
    pub(super) fn push(&mut self, data: Bytes) {
        // A chunk of nothing would be the last one.
        if data.is_empty() {
            return;
        }
        let [before, behind] = match self.chunked {
            true => {
                let mut before = Vec::new();
                chunk::size(data.len(), &mut before);
                [before.into(), chunk::END]
            }
            false => Default::default(),
        };
        self.parts = [before, data, behind];
    }

    /// What somebody else has begun to write, as it is.
    pub(super) fn resume(&mut self, rest: Bytes) {
        self.parts[0] = rest;
    }

    /// The end of the content, behind what was pushed last.
    pub(super) fn finish(&mut self) {
        if self.chunked {
            self.parts[2] = if self.is_empty() { chunk::LAST } else { chunk::END_AND_LAST };
        }
    }

    pub(super) fn is_chunked(&self) -> bool {
        self.chunked
    }

    fn is_empty(&self) -> bool {
        self.parts.iter().all(Bytes::is_empty)
    }

    /// Writes until all is in the socket. Whether the peer has taken anything by then is told by `taken`.
    pub(super) fn poll_send(
        &mut self,
        socket: &Socket,
        taken: &mut bool,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while !self.is_empty() {
            let [before, data, behind] = &self.parts;
            let slices = [IoSlice::new(before), IoSlice::new(data), IoSlice::new(behind)];
            let written = ready!(socket.poll_send(cx, &slices))?;
            self.advance(written);
            *taken = true;
        }
        // Bytes that are passed over are still held.
        self.parts = Default::default();
        socket.poll_through(cx)
    }

    fn advance(&mut self, mut written: usize) {
        for part in &mut self.parts {
            let here = written.min(part.len());
            part.advance(here);
            written -= here;
        }
    }
}
