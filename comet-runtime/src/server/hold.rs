//! Requests that wait, as the server holds them for an app.

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderMap;
use tokio::time::Instant;

use super::Desk;
use super::takeover::Exit;

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
    fn again(&mut self, _value: &str) -> Option<String> {
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

/// Answers a request that was answered before, with another value in one place of its query.
pub(crate) trait Again: Send {
    fn again(&self, value: &str) -> Asking;
}

/// A request that waits, and those that may follow it.
pub(crate) struct Polling {
    pub(crate) hold: Box<dyn Hold>,
    /// The name of the value that differs.
    pub(crate) key: &'static str,
    pub(crate) again: Box<dyn Again>,
}

/// The offer to hold a request, an extension of those that can be held: the reply that is given then is the head alone.
/// It does not keep the connection, as whatever holds a request may hold this.
#[derive(Clone, Debug)]
pub(crate) struct Holding(pub(super) Weak<Exit>);

impl Holding {
    pub(crate) fn hold(&self, polling: Polling) {
        if let Some(exit) = self.0.upgrade() {
            exit.hold(polling);
        }
    }
}

/// A request that is held, with the head of all replies.
pub(super) struct Handed {
    pub(super) polling: Polling,
    pub(super) head: HeaderMap,
}
