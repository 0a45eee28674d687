//! A connection that leaves HTTP, or hyper.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Version;
use http::response::Parts;
use tokio::net::TcpStream;

use super::hold::{Handed, Polling};
use super::taken::Taken;

/// What goes on over a connection.
pub(super) type Session = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What begins with a connection that hyper has given up.
type Next = Box<dyn FnOnce(Taken) -> Session + Send>;

/// How an app takes a connection over, in one of two ways. Either way the connection's task goes on with what the app
/// has left here, so that it still counts among the connections, and a shutdown waits for it.
///
/// - With an upgrade, as WebSockets do: hyper writes the reply and hands the connection on ([`Takeover::then`]).
/// - Instead of a reply: hyper parses the request, and is gone with its buffers before anything is answered
///   ([`Takeover::instead`]). A poll that is held comes back to hyper with what follows it (`Takeover::hold`).
#[derive(Clone, Default)]
pub(crate) struct Takeover(Arc<State>);

#[derive(Default)]
struct State {
    stage: AtomicU8,
    plan: Mutex<Plan>,
}

#[derive(Default)]
struct Plan {
    after: Option<Session>,
    instead: Option<Next>,
    polling: Option<Polling>,
    reply: Option<(Version, Parts)>,
}

/// The next reply is the last one of HTTP.
const UPGRADED: u8 = 1;
/// The connection is to be taken from hyper as soon as that has written the replies before.
const LEAVING: u8 = 2;
/// hyper has nothing left to write.
const CLEAN: u8 = 3;

impl Takeover {
    /// What goes on when the connection has left HTTP by an upgrade.
    pub(crate) fn then(&self, session: impl Future<Output = ()> + Send + 'static) {
        self.plan().after = Some(Box::pin(session));
    }

    /// What goes on instead of the reply that the app returns next, of which only the head is used.
    pub(crate) fn instead<F>(&self, next: impl FnOnce(Taken) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.plan().instead = Some(Box::new(move |taken| Box::pin(next(taken))));
    }

    /// The request is held, and polls after it; of the reply that the app returns next only the head is used.
    pub(super) fn hold(&self, polling: Polling) {
        self.plan().polling = Some(polling);
    }

    /// Takes what goes on after an upgrade.
    pub(super) fn session(&self) -> Option<Session> {
        self.plan().after.take()
    }

    /// Whether something goes on instead of the reply.
    pub(super) fn is_instead(&self) -> bool {
        let plan = self.plan();
        plan.instead.is_some() || plan.polling.is_some()
    }

    /// The head of the reply that the connection is taken over for, and the version of its request.
    pub(super) fn leave(&self, version: Version, head: Parts) {
        self.plan().reply = Some((version, head));
        self.0.stage.store(LEAVING, Ordering::Release);
    }

    /// hyper has handed over everything there was to write.
    pub(super) fn flushed(&self) {
        if self.0.stage.load(Ordering::Acquire) == LEAVING {
            self.0.stage.store(CLEAN, Ordering::Release);
        }
    }

    /// Whether the connection can be taken from hyper now.
    pub(super) fn is_clean(&self) -> bool {
        self.0.stage.load(Ordering::Acquire) == CLEAN
    }

    /// The request that is held, when hyper has given the connection up for it.
    pub(super) fn held(&self) -> Option<Handed> {
        let mut plan = self.plan();
        let polling = plan.polling.take()?;
        let (_, reply) = plan.reply.take()?;
        Some(Handed { polling, head: reply.headers })
    }

    /// What goes on over the socket that hyper has given up.
    pub(super) fn go_on(&self, socket: TcpStream, write_timeout: Duration) -> Option<Session> {
        let mut plan = self.plan();
        let (next, (version, head)) = plan.instead.take().zip(plan.reply.take())?;
        drop(plan);
        Some(next(Taken::new(socket, head, version, write_timeout)))
    }

    /// The next reply is the last one of HTTP.
    pub(super) fn happens(&self) {
        self.0.stage.store(UPGRADED, Ordering::Release);
    }

    pub(super) fn has_happened(&self) -> bool {
        self.0.stage.load(Ordering::Acquire) == UPGRADED
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Takeover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = self.0.stage.load(Ordering::Acquire);
        f.debug_struct("Takeover").field("stage", &stage).finish_non_exhaustive()
    }
}
