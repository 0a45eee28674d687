//! Where the replies to a connection's polls are written, by whoever has one.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, IoSlice};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use http::header::{CONNECTION, CONTENT_LENGTH, DATE};
use http::{HeaderMap, StatusCode};
use tokio::io::ReadBuf;
use tokio::time::Instant;

use super::{Drain, REQUEST_ID, Socket, head};

/// What a reply has around its body besides the beginning of its head, at most and about.
const AROUND: usize = 128;

/// How much room a thread keeps for the next reply.
const LARGE: usize = 64 * 1024;

const LENGTH: &[u8] = b"content-length: ";

thread_local! {
    /// Where a reply is put together: it goes out in one piece.
    static REPLY: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The socket of a connection whose requests are polls. A reply comes from the connection's own task, or from one that has
/// the same for many.
pub(crate) struct Desk {
    socket: Socket,
    /// The beginning of every reply, up to the id of its request.
    head: Box<[u8]>,
    drain: Drain,
    due: Mutex<Due>,
}

/// How far the reply to the poll is that came last.
struct Due {
    /// The id of a poll that waits for its reply.
    id: Option<String>,
    /// When it was answered.
    since: Instant,
    /// What the socket has not taken yet.
    rest: Vec<u8>,
    /// Whether the client was told that nothing comes after that.
    last: bool,
}

impl Desk {
    /// For replies with these header fields, besides those that each has of its own. A poll waits already.
    pub(super) fn new(socket: Socket, fields: &HeaderMap, drain: &Drain) -> Self {
        let id = fields.get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        let due =
            Due { id: Some(id.to_owned()), since: Instant::now(), rest: Vec::new(), last: false };
        Self { socket, head: beginning(fields), drain: drain.clone(), due: Mutex::new(due) }
    }

    pub(super) fn into_socket(self) -> Socket {
        self.socket
    }

    fn due(&self) -> MutexGuard<'_, Due> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A poll waits for its reply.
    pub(super) fn expect(&self, id: String) {
        self.due().id = Some(id);
    }

    /// Writes the reply to the poll that waits, if one does. Whether all of it is in the socket: what is not is kept, for
    /// the connection's task to write.
    pub(crate) fn answer(&self, body: &[u8]) -> bool {
        let mut due = self.due();
        let Some(id) = due.id.take() else { return true };
        due.since = Instant::now();
        due.last = self.drain.has_begun();
        REPLY.with_borrow_mut(|reply| {
            self.reply(&id, body, due.last, reply);
            let taken = self.socket.try_send(reply).unwrap_or(0);
            due.rest.extend_from_slice(&reply[taken..]);
            reply.clear();
            reply.shrink_to(LARGE);
        });
        due.rest.is_empty() && !self.socket.owes()
    }

    fn reply(&self, id: &str, body: &[u8], last: bool, reply: &mut Vec<u8>) {
        reply.reserve(self.head.len() + body.len() + AROUND);
        for part in [&self.head, id.as_bytes(), b"\r\n", LENGTH] {
            reply.extend_from_slice(part);
        }
        head::number(body.len(), reply);
        reply.extend_from_slice(b"\r\n");
        head::date(reply);
        if last {
            head::field(&CONNECTION, b"close", reply);
        }
        reply.extend_from_slice(b"\r\n");
        reply.extend_from_slice(body);
    }

    /// Whether no poll waits for its reply.
    pub(super) fn has_answered(&self) -> bool {
        self.due().id.is_none()
    }

    /// Writes what is left of the reply; `taken` tells whether the peer has taken anything. Then when the poll was answered,
    /// if anything may come after that.
    pub(super) fn poll_flush(
        &self,
        taken: &mut bool,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<Option<Instant>>> {
        let mut due = self.due();
        while !due.rest.is_empty() {
            let written = ready!(self.socket.poll_send(cx, &[IoSlice::new(&due.rest)]))?;
            due.rest.drain(..written);
            *taken = true;
        }
        ready!(self.socket.poll_through(cx))?;
        due.rest = Vec::new();
        Poll::Ready(Ok((!due.last).then_some(due.since)))
    }

    /// Whether the peer has made room since this was asked before.
    pub(super) fn has_moved(&self) -> bool {
        self.socket.has_moved()
    }

    /// Reads what has come.
    pub(super) fn poll_read(
        &self,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.socket.poll_receive(cx, buf)
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("socket", &self.socket).finish_non_exhaustive()
    }
}

/// What all replies begin with.
fn beginning(all: &HeaderMap) -> Box<[u8]> {
    let mut head = Vec::with_capacity(256);
    head::status(StatusCode::OK, &mut head);
    let own = [&REQUEST_ID, &CONTENT_LENGTH, &DATE, &CONNECTION];
    head::fields(all.iter().filter(|(name, _)| !own.contains(name)), &mut head);
    head.extend_from_slice(REQUEST_ID.as_str().as_bytes());
    head.extend_from_slice(b": ");
    head.into_boxed_slice()
}
