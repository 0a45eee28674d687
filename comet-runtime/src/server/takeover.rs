//! A connection that leaves HTTP.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What goes on over a connection that has left HTTP.
type Session = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells a connection's wire that it leaves HTTP, and its task what goes on over it: so that it still counts among the
/// connections, and a shutdown waits for it.
#[derive(Clone, Default)]
pub(crate) struct Takeover(Arc<State>);

#[derive(Default)]
struct State {
    happened: AtomicBool,
    session: Mutex<Option<Session>>,
}

impl Takeover {
    /// What goes on when the connection has left HTTP.
    pub(crate) fn then(&self, session: impl Future<Output = ()> + Send + 'static) {
        *self.0.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::pin(session));
    }

    /// Takes what goes on.
    pub(super) fn session(&self) -> Option<Session> {
        self.0.session.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The next reply is the last one of HTTP.
    pub(super) fn happens(&self) {
        self.0.happened.store(true, Ordering::Release);
    }

    pub(super) fn has_happened(&self) -> bool {
        self.0.happened.load(Ordering::Acquire)
    }
}

impl fmt::Debug for Takeover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Takeover").field("happened", &self.has_happened()).finish_non_exhaustive()
    }
}
