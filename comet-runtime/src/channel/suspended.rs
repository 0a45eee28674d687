//! What a suspended handler is told, and why it ends.

use std::future::ready;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::{Channel, Delivered};
use crate::error::Result;

/// A handler made of callbacks, for [`suspend`](crate::suspend): it waits at a channel until it resumes, or is ended.
///
/// `on_initialize` comes first and once, then `on_event` for each event, one at a time; then exactly one of `on_interrupt`
/// and `on_terminate`, whatever happens: also when the browser leaves or a callback panics. The endings are no futures, as
/// nothing can be waited for once the client has gone; what is said to a client that is still there is queued on a
/// [`Page`](crate::Page), or sent after [`suspend`](crate::suspend) has returned.
pub trait Suspended<T: Channel>: Send {
    /// What kind of handler it is, for [`notify_kind`](crate::Topic::notify_kind). Asked once.
    fn kind(&self) -> &'static str {
        ""
    }

    /// It is suspended: from here on no event is missed. With the id by which it alone can be notified, or left out.
    ///
    /// # Errors
    ///
    /// Ends it with [`Interrupt::Failed`]; [`suspend`](crate::suspend) returns the error.
    fn on_initialize(&mut self, id: HandlerId) -> impl Future<Output = Result> + Send {
        let _ = id;
        ready(Ok(()))
    }

    /// An event of the channel. The next one, and the end, wait until it has returned.
    ///
    /// # Errors
    ///
    /// Ends it with [`Interrupt::Failed`]; [`suspend`](crate::suspend) returns the error.
    fn on_event(&mut self, event: Delivered<T>) -> impl Future<Output = Result<Then>> + Send;

    /// It was ended by something that it did not ask for.
    fn on_interrupt(&mut self, why: Interrupt) {
        let _ = why;
    }

    /// It has come to its proper end.
    fn on_terminate(&mut self, why: Terminate) {
        let _ = why;
    }
}

/// What a suspended handler does after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It waits for the next one: streaming.
    Wait,
    /// It has what it waited for: long-polling.
    Resume,
}

/// Why a suspended handler was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interrupt {
    /// Its [`Expiration`] has come, or the hold of its long poll is over.
    Expired,
    /// The client has gone, or the handler was dropped by the code around it.
    Left,
    /// One of its callbacks returned an error.
    Failed,
    /// One of its callbacks panicked, or the code around it.
    Panicked,
    /// The server goes away.
    Draining,
    /// It was slower than a channel with `slow = cut`.
    Slow,
    /// Another part of the program asked for it, by [`HandlerId::interrupt`].
    Asked,
}

/// How a suspended handler came to its proper end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terminate {
    /// It resumed: `on_event` returned [`Then::Resume`], or somebody called [`HandlerId::resume`].
    Resumed,
    /// The channel, or the last of several, was closed, and it had read what was left.
    Closed,
}

/// How a suspended handler has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `on_interrupt` was called.
    Interrupted(Interrupt),
    /// `on_terminate` was called.
    Terminated(Terminate),
}

/// One suspended handler of this process, for whoever wants to tell, resume, interrupt or attach it alone.
///
/// It stays what it is after the handler has ended, and is no other one's ever after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HandlerId(pub(super) u64);

impl HandlerId {
    pub(super) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// When a suspended handler is ended that nothing else has ended. A long poll's hold ends it in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiration {
    /// Not at all.
    Never,
    /// So long after it was suspended, whatever happens.
    Fixed(Duration),
    /// So long after its last event.
    Idle(Duration),
}

impl Expiration {
    /// When it comes, for a handler that is suspended now.
    pub(super) fn first(self) -> Option<Instant> {
        match self {
            Self::Never => None,
            // A time that no clock reaches is none.
            Self::Fixed(time) | Self::Idle(time) => Instant::now().checked_add(time),
        }
    }

    /// When it comes after an event.
    pub(super) fn after_event(self, planned: Option<Instant>) -> Option<Instant> {
        match self {
            Self::Idle(_) => self.first(),
            Self::Never | Self::Fixed(_) => planned,
        }
    }
}
