//! Requests that the server holds for an app: those that wait, and those that are much like the one before.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderMap;
use tokio::time::Instant;

use super::Desk;
use super::takeover::Takeover;

/// A request that waits for something to happen.
pub(crate) trait Hold: Send {
    /// The reply's body, once there is one.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Bytes>;

    /// When it has waited long enough; asked again after every `poll`.
    fn until(&self) -> Instant;

    /// The reply's body when it has, or when the server goes away.
    fn give_up(&mut self) -> Bytes;

    /// Lets somebody else answer at the desk, who has the same reply for many; `false` when nobody will. Until it steps
    /// back it is not polled.
    fn step_aside(&mut self, _desk: &Arc<Desk>) -> bool {
        false
    }

    /// Ready when it has to go on by itself. Nothing says that it was answered.
    fn poll_aside(&mut self, _cx: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    /// Goes on by itself: from here on nobody else answers.
    fn step_back(&mut self) {}

    /// Whether it can be asked again when it is answered. What cannot is over then.
    fn lasts(&self) -> bool {
        false
    }

    /// Waits once more, for the same client with another value, and for the reply to a request of the id that is handed
    /// back; `None` where the app has to be asked.
    fn again(&mut self, _value: &[u8]) -> Option<String> {
        None
    }
}

/// A request that waits, and the id that its reply has.
pub(crate) struct Held {
    pub(crate) id: String,
    pub(crate) hold: Box<dyn Hold>,
}

/// The answer of an app that is asked again: nothing where the request is to be answered as any other.
pub(crate) type Asking = Pin<Box<dyn Future<Output = Option<Held>> + Send>>;

/// Answers a request that was answered before, with another value in one place.
pub(crate) trait Again: Send {
    fn again(&self, value: &[u8]) -> Asking;
}

/// What a request has of its own, of several that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Differs {
    /// The value of this name in its query, of letters that need no escape.
    Query(&'static str),
    /// Its body.
    Body,
}

/// A request that is held, and those that may follow it.
pub(crate) struct Polling {
    pub(crate) hold: Box<dyn Hold>,
    pub(crate) differs: Differs,
    /// Who is asked when what is held cannot be asked again.
    pub(crate) again: Option<Box<dyn Again>>,
}

/// The offer to hold a request, an extension of those that can be held: the reply that is given then is the head alone.
/// It does not keep the connection, as whatever holds a request may hold this.
#[derive(Clone, Debug)]
pub(crate) struct Holding(pub(super) Takeover);

impl Holding {
    /// Whether the request has been read to its end, before which it cannot be held.
    pub(crate) fn is_open(&self) -> bool {
        self.0.is_open()
    }

    /// Whether the next request can be compared with this one, as its bytes are known.
    pub(crate) fn is_known(&self) -> bool {
        self.0.exit.upgrade().is_some_and(|exit| exit.is_known())
    }

    pub(crate) fn hold(&self, polling: Polling) {
        if let Some(exit) = self.0.exit.upgrade() {
            exit.hold(polling);
        }
    }
}

/// A request that is held, with the head of all replies.
pub(super) struct Handed {
    pub(super) polling: Polling,
    pub(super) head: HeaderMap,
}
