//! One poll: held until there is something, or for as long as may be.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use tokio::time::Instant;

use super::session::Session;
use crate::deadline::Alarm;
use crate::server::Drain;

/// How long polls take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits {
    /// Without an update.
    pub(super) hold: Duration,
    /// After the first update, for more to come.
    pub(super) bundle: Duration,
}

/// A poll of a session. Dropping it is its end, whether it was answered or its client has left.
#[derive(Debug)]
pub(super) struct Polling {
    session: Arc<Session>,
    turn: u64,
}

impl Polling {
    /// Takes the session's place from the poll before. `seen` is how many updates the client has.
    pub(super) fn begin(session: Arc<Session>, parts: Parts, seen: Option<u64>) -> Self {
        let turn = session.begin(parts, seen);
        Self { session, turn }
    }

    /// The reply: at once if there is something already, when the time is up, when the client asks again, or when the
    /// server goes away.
    pub(super) async fn reply(self, waits: Waits, drain: &Drain) -> Bytes {
        let mut until = Instant::now() + waits.hold;
        let mut alarm = Alarm::new(until);
        let mut drained = std::pin::pin!(drain.begun());
        let (mut is_first_look, mut bundles) = (true, false);
        poll_fn(|cx| {
            let mut state = self.session.state();
            let id = &*self.session.id;
            if state.turn != self.turn {
                return Poll::Ready(state.queue.nothing(id));
            }
            state.take(cx);
            let found = !state.queue.is_empty();
            let at_once = is_first_look || waits.bundle.is_zero() || state.queue.is_full();
            if state.over || found && at_once {
                return Poll::Ready(state.queue.reply(id));
            }
            is_first_look = false;
            if found && !bundles {
                bundles = true;
                until = Instant::now() + waits.bundle;
            }
            alarm.set(until);
            if alarm.poll(cx).is_ready() || drained.as_mut().poll(cx).is_ready() {
                return Poll::Ready(state.queue.reply(id));
            }
            state.waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}

impl Drop for Polling {
    fn drop(&mut self) {
        self.session.leave(self.turn);
    }
}
