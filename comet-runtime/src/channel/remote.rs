//! The suspended handlers of this process, as everybody else sees them: by their ids.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::{Channel, End, From, HandlerId, Interrupt, Line, Terminate, Topic, Who};
use crate::log::Addressee;

/// Those that are suspended now.
static SUSPENDED: LazyLock<Mutex<HashMap<HandlerId, Arc<Remote>>>> = LazyLock::new(Mutex::default);

fn suspended() -> MutexGuard<'static, HashMap<HandlerId, Arc<Remote>>> {
    SUSPENDED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What others want of one suspended handler.
#[derive(Debug)]
pub(super) struct Remote {
    /// The type of what its channels carry. A declaration is a constant, which has no one address.
    event: TypeId,
    pub(super) addressee: Addressee,
    wanted: Mutex<Wanted>,
    /// Told whenever something is wanted.
    changed: Notify,
}

#[derive(Debug, Default)]
struct Wanted {
    over: bool,
    end: Option<End>,
    changes: Vec<Change>,
}

/// A change of what it reads, in the order it was asked for.
pub(super) enum Change {
    Join(Box<Line>),
    Leave(Arc<str>),
}

impl Remote {
    /// A handler that is suspended from now on, until it is [over](Self::over).
    pub(super) fn new<T: Channel>(addressee: Addressee) -> Arc<Self> {
        let (wanted, changed) = (Mutex::default(), Notify::new());
        let remote = Arc::new(Self { event: TypeId::of::<T>(), addressee, wanted, changed });
        suspended().insert(HandlerId(addressee.id), Arc::clone(&remote));
        remote
    }

    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolves when something was wanted since the last time.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// The end that somebody has asked for.
    pub(super) fn end(&self) -> Option<End> {
        self.wanted().end
    }

    /// The changes that were asked for since the last time.
    pub(super) fn changes(&self) -> Vec<Change> {
        std::mem::take(&mut self.wanted().changes)
    }

    /// It has ended, and nothing can be wanted of it any more.
    pub(super) fn over(&self) {
        suspended().remove(&HandlerId(self.addressee.id));
        let wanted =
            std::mem::replace(&mut *self.wanted(), Wanted { over: true, ..Wanted::default() });
        // What it was still to read leaves its channels, whose locks are not taken under this one.
        drop(wanted);
    }

    /// Asks for an end; only the first one to ask, and before it has ended, is heard.
    fn ask(&self, end: End) -> bool {
        let mut wanted = self.wanted();
        let is_heard = !wanted.over && wanted.end.is_none();
        if is_heard {
            wanted.end = Some(end);
            self.changed.notify_one();
        }
        is_heard
    }
}

impl HandlerId {
    fn remote(self) -> Option<Arc<Remote>> {
        suspended().get(&self).cloned()
    }

    /// Whether the handler is suspended now.
    #[must_use]
    pub fn is_suspended(self) -> bool {
        self.remote().is_some()
    }

    /// Resumes the handler from outside, as if `on_event` had returned [`Then::Resume`](crate::Then::Resume): its
    /// `on_terminate` is told [`Terminate::Resumed`]. An `on_event` that is at work ends before.
    ///
    /// Says whether this ends it: not when it has ended, or somebody was faster. Should it come to another end before it
    /// gets there, because its client leaves for instance, it is told of that one alone.
    pub fn resume(self) -> bool {
        self.remote().is_some_and(|remote| remote.ask(End::Terminated(Terminate::Resumed)))
    }

    /// Interrupts the handler from outside: its `on_interrupt` is told [`Interrupt::Asked`]. Otherwise as
    /// [`resume`](Self::resume).
    pub fn interrupt(self) -> bool {
        self.remote().is_some_and(|remote| remote.ask(End::Interrupted(Interrupt::Asked)))
    }
}

impl<T: Channel> Topic<T> {
    /// Has a suspended handler wait at this channel as well: it gets what is published from now on, one event at a time in
    /// whatever order its channels have them. Attached twice, it gets each event once.
    ///
    /// Says whether it is suspended, and a handler for events of this type. It ends by [`Terminate::Closed`] when the last
    /// of its channels is closed.
    pub fn attach(&self, handler: HandlerId) -> bool {
        let of_this_type = |remote: &Arc<Remote>| remote.event == TypeId::of::<T>();
        let Some(remote) = handler.remote().filter(of_this_type) else { return false };
        let mut wanted = remote.wanted();
        if wanted.over {
            return false;
        }
        if !self.node().has(handler) {
            let mut line = Line::new(Arc::clone(self.node()), &Who::default(), From::Now);
            line.suspend(remote.addressee);
            wanted.changes.push(Change::Join(Box::new(line)));
            remote.changed.notify_one();
        }
        true
    }

    /// Has a suspended handler wait here no longer, and says whether it did. It stays suspended, at the channels it has
    /// left or at none, until something ends it. Events that it has read already may still come.
    pub fn detach(&self, handler: HandlerId) -> bool {
        let Some(remote) = handler.remote() else { return false };
        let mut wanted = remote.wanted();
        let was_there = !wanted.over && self.node().forget(handler);
        if was_there {
            wanted.changes.push(Change::Leave(Arc::clone(&self.node().name)));
            remote.changed.notify_one();
        }
        was_there
    }

    /// The handlers that are suspended here now, the first one to come first.
    #[must_use]
    pub fn handlers(&self) -> Vec<HandlerId> {
        self.node().suspended()
    }
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Join(line) => f.debug_tuple("Join").field(&line.name()).finish(),
            Self::Leave(name) => f.debug_tuple("Leave").field(name).finish(),
        }
    }
}
