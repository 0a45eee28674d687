//! Held polls by who holds them: a client that asks again has given its first poll up.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::sync::oneshot;

/// The held polls of an app that came with a client's id.
#[derive(Clone, Debug, Default)]
pub(super) struct Polls(Arc<Mutex<Places>>);

#[derive(Debug, Default)]
struct Places {
    next: u64,
    by_caller: HashMap<Caller, (u64, oneshot::Sender<()>)>,
}

/// Who polls, and from where on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Caller {
    /// The id that the client made. It ends nobody's polls but those of the same user.
    pub(super) client: String,
    pub(super) user: Option<String>,
    pub(super) cursor: String,
}

/// A held poll's place; dropping it is answering.
#[derive(Debug)]
pub(super) struct Place {
    polls: Polls,
    caller: Caller,
    number: u64,
    /// `None` once it was replaced.
    replaced: Option<oneshot::Receiver<()>>,
}

impl Polls {
    fn held(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the caller's place; a poll that held it ends.
    pub(super) fn take(&self, caller: Caller) -> Place {
        let (end, replaced) = oneshot::channel();
        let mut held = self.held();
        held.next += 1;
        let number = held.next;
        // The sender that was there is dropped, which its receiver hears.
        held.by_caller.insert(caller.clone(), (number, end));
        drop(held);
        Place { polls: self.clone(), caller, number, replaced: Some(replaced) }
    }
}

impl Place {
    /// The place of the same caller that asks again from a cursor on.
    pub(super) fn again(self, cursor: String) -> Self {
        let Caller { client, user, .. } = self.caller.clone();
        self.polls.take(Caller { client, user, cursor })
    }

    /// Ready when the caller has asked again, from then on.
    pub(super) fn poll_replaced(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(replaced) = &mut self.replaced {
            let _replaced = ready!(Pin::new(replaced).poll(cx));
            self.replaced = None;
        }
        Poll::Ready(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.polls.held();
        if held.by_caller.get(&self.caller).is_some_and(|(number, _)| *number == self.number) {
            held.by_caller.remove(&self.caller);
        }
    }
}
