//! A connection that leaves hyper.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use hyper::upgrade::OnUpgrade;

use super::head;
use super::hold::{Handed, Holding, Polling};
use super::taken::Taken;
use super::wire::Wire;

/// What goes on over a connection: to its end, or until HTTP goes on over the wire that it hands back.
pub(super) type Session = Pin<Box<dyn Future<Output = Option<Wire>> + Send>>;

/// What begins with a wire that hyper has given up, what was read of it before its turn, and the head of the reply if that
/// was not written.
type Next = Box<dyn FnOnce(Wire, &[u8], Bytes) -> Session + Send>;

/// How a connection leaves hyper. The connection's task goes on with what the app has left here, so that it still counts
/// among the connections, and a shutdown waits for it.
#[derive(Default)]
pub(super) struct Exit {
    stage: AtomicU8,
    /// Whether all that was read is the request that is being answered, and what came along with it.
    known: AtomicBool,
    plan: Mutex<Plan>,
}

#[derive(Default)]
struct Plan {
    next: Option<Next>,
    upgrade: Option<OnUpgrade>,
    polling: Option<Polling>,
    head: HeaderMap,
}

/// There is hyper, and it goes on.
const STAYING: u8 = 0;
/// The next reply is the last one of HTTP.
const UPGRADED: u8 = 1;
/// The connection is to be taken from hyper as soon as that has written what it has.
const LEAVING: u8 = 2;
/// hyper has nothing left to write.
const CLEAN: u8 = 3;
/// There is no hyper yet, and so nothing in the way of a stream.
const BARE: u8 = 4;

impl Exit {
    /// Whether the bytes of the request that is being answered are known.
    pub(super) fn is_known(&self) -> bool {
        self.known.load(Ordering::Acquire)
    }

    pub(super) fn set_known(&self, known: bool) {
        self.known.store(known, Ordering::Release);
    }

    /// There is no hyper yet.
    pub(super) fn waits_for_hyper(&self) {
        self.advance(BARE);
    }

    /// From now on there is, unless the connection has left without.
    pub(super) fn hyper_begins(&self) {
        let (done, not) = (Ordering::AcqRel, Ordering::Acquire);
        let _ = self.stage.compare_exchange(BARE, STAYING, done, not);
    }

    /// The request is held, and polls after it; of the reply that the app returns next only the head is used.
    pub(super) fn hold(&self, polling: Polling) {
        self.plan().polling = Some(polling);
    }

    /// Whether a request is held instead of a reply.
    pub(super) fn is_held(&self) -> bool {
        self.plan().polling.is_some()
    }

    /// Whether what is left of the reply that the app returns is its head.
    pub(super) fn wants_head(&self) -> bool {
        self.is_held() || self.stage() == LEAVING
    }

    /// Leaves with the head of the reply, or of the replies to the polls that are held.
    pub(super) fn leave_with(&self, head: HeaderMap) {
        self.plan().head = head;
        self.advance(LEAVING);
    }

    /// Whether somebody else has the connection, or will have it once hyper has written what it has.
    pub(super) fn is_left(&self) -> bool {
        matches!(self.stage(), LEAVING | CLEAN)
    }

    /// hyper has handed over everything there was to write.
    pub(super) fn flushed(&self) {
        if self.stage() == LEAVING {
            self.advance(CLEAN);
        }
    }

    /// Whether the connection can be taken from hyper now.
    pub(super) fn is_clean(&self) -> bool {
        self.stage() == CLEAN
    }

    /// The next reply is the last one of HTTP.
    pub(super) fn happens(&self) {
        self.advance(UPGRADED);
    }

    pub(super) fn has_happened(&self) -> bool {
        self.stage() == UPGRADED
    }

    /// Takes what hyper hands an upgraded connection over by, if the app wants to go on in this task.
    pub(super) fn upgrade(&self) -> Option<OnUpgrade> {
        self.plan().upgrade.take()
    }

    /// The request that is held, when hyper has given the connection up for it.
    pub(super) fn held(&self) -> Option<Handed> {
        let mut plan = self.plan();
        let polling = plan.polling.take()?;
        Some(Handed { polling, head: std::mem::take(&mut plan.head) })
    }

    /// What goes on over a wire that hyper has given up.
    pub(super) fn go_on(&self, wire: Wire, read: &[u8]) -> Option<Session> {
        let mut plan = self.plan();
        let (next, fields) = (plan.next.take()?, std::mem::take(&mut plan.head));
        drop(plan);
        let head = if fields.is_empty() { Bytes::new() } else { head::of_chunks(&fields) };
        Some(next(wire, read, head))
    }

    fn stage(&self) -> u8 {
        self.stage.load(Ordering::Acquire)
    }

    fn advance(&self, stage: u8) {
        self.stage.store(stage, Ordering::Release);
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exit").field("stage", &self.stage()).finish_non_exhaustive()
    }
}

/// The offer to take a connection over from hyper, an extension of its requests.
///
/// It does not keep the connection, as whoever takes that over may hold the request.
#[derive(Clone, Debug)]
pub(crate) struct Takeover {
    pub(super) exit: Weak<Exit>,
    /// Set when the request has been read to its end; `None` for one that has no body.
    pub(super) read: Option<Arc<AtomicBool>>,
    pub(super) reply: Reply,
}

/// How the reply to a request is sent whose end is not known when it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reply {
    /// In chunks; until the connection closes for a client that knows no chunks.
    pub(super) chunked: bool,
    /// Whether another one may follow.
    pub(super) lasts: bool,
}

impl Takeover {
    /// That of a request, which is about to last longer than its connection has need of it.
    pub(crate) fn of(parts: &mut Parts) -> Option<Self> {
        parts.extensions.remove::<Holding>();
        parts.extensions.remove()
    }

    /// Whether a reply that has to wait may go on without hyper: not while some of the request is still to come.
    pub(crate) fn is_open(&self) -> bool {
        self.read.as_ref().is_none_or(|read| read.load(Ordering::Acquire))
    }

    /// Whether the reply may begin without hyper, which is not there.
    pub(crate) fn is_bare(&self) -> bool {
        self.exit.upgrade().is_some_and(|exit| exit.stage() == BARE)
    }

    /// What goes on in the middle of the reply's body, which is asked for nothing more: hyper writes what it has, and is
    /// gone with its buffers.
    pub(crate) fn leave<F>(&self, next: impl FnOnce(Taken) -> F + Send + 'static)
    where
        F: Future<Output = Option<Wire>> + Send + 'static,
    {
        if let Some(exit) = self.plan(next) {
            exit.advance(LEAVING);
        }
    }

    /// What goes on when the reply is written that upgrades the connection.
    pub(crate) fn upgrade<F>(
        &self,
        upgrade: OnUpgrade,
        next: impl FnOnce(Taken) -> F + Send + 'static,
    ) where
        F: Future<Output = Option<Wire>> + Send + 'static,
    {
        if let Some(exit) = self.plan(next) {
            exit.plan().upgrade = Some(upgrade);
        }
    }

    fn plan<F>(&self, next: impl FnOnce(Taken) -> F + Send + 'static) -> Option<Arc<Exit>>
    where
        F: Future<Output = Option<Wire>> + Send + 'static,
    {
        // Where there is no connection any more, nobody waits for a reply.
        let (exit, reply) = (self.exit.upgrade()?, self.reply);
        let next = move |wire: Wire, read: &[u8], head: Bytes| -> Session {
            Box::pin(next(wire.into_taken(read, head, reply)))
        };
        exit.plan().next = Some(Box::new(next));
        Some(exit)
    }
}
