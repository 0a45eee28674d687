//! Bytes on their way into a socket.

use std::io::{self, IoSlice};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};

use crate::server::Socket;
use crate::transport::chunk;

/// How many bytes are gathered for one write, the last piece not counted.
const ENOUGH: usize = 16 * 1024;

/// What was given out and is not in the socket yet.
#[derive(Debug)]
pub(super) struct Outgoing {
    chunked: bool,
    /// What stands before the first piece of data, that, what stands behind it, and all that follows.
    parts: [Bytes; 4],
    /// What follows, while more of it is put together.
    more: Vec<u8>,
}

impl Outgoing {
    /// For content in chunks, or until the connection closes.
    pub(super) fn new(chunked: bool) -> Self {
        Self { chunked, parts: Default::default(), more: Vec::new() }
    }

    /// Content, behind what was pushed before; only a lone piece is not copied.
    pub(super) fn push(&mut self, data: Bytes) {
        // A chunk of nothing would be the last one.
        if data.is_empty() {
            return;
        }
        match (self.chunked, self.is_empty()) {
            (true, true) => {
                let mut before = Vec::new();
                chunk::size(data.len(), &mut before);
                self.parts = [before.into(), data, chunk::END, Bytes::new()];
            }
            (true, false) => chunk::put(&data, &mut self.more),
            (false, true) => self.parts[1] = data,
            (false, false) => self.more.extend_from_slice(&data),
        }
    }

    /// What somebody else has begun to write, as it is.
    pub(super) fn resume(&mut self, rest: Bytes) {
        self.parts[0] = rest;
    }

    /// The end of the content.
    pub(super) fn finish(&mut self) {
        if self.chunked {
            self.more.extend_from_slice(&chunk::LAST);
        }
    }

    pub(super) fn is_chunked(&self) -> bool {
        self.chunked
    }

    fn is_empty(&self) -> bool {
        self.more.is_empty() && self.parts.iter().all(Bytes::is_empty)
    }

    /// Whether more may be pushed before what is there is written.
    pub(super) fn has_room(&self) -> bool {
        self.more.len() + self.parts.iter().map(Bytes::len).sum::<usize>() < ENOUGH
    }

    /// Writes until all is in the socket. Whether the peer has taken anything by then is told by `taken`.
    pub(super) fn poll_send(
        &mut self,
        socket: &Socket,
        taken: &mut bool,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.more.is_empty() {
            self.parts[3] = std::mem::take(&mut self.more).into();
        }
        while !self.is_empty() {
            let slices = self.parts.each_ref().map(|part| IoSlice::new(part));
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
