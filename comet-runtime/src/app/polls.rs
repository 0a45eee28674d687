//! Held polls by who holds them: a client that asks again has given its first poll up.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// The held polls of an app that came with a client's id.
#[derive(Debug, Default)]
pub(super) struct Polls(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
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
pub(super) struct Place<'a> {
    polls: &'a Polls,
    caller: Caller,
    number: u64,
    replaced: oneshot::Receiver<()>,
}

impl Polls {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the caller's place; a poll that held it ends.
    pub(super) fn take(&self, caller: Caller) -> Place<'_> {
        let (end, replaced) = oneshot::channel();
        let mut held = self.held();
        held.next += 1;
        let number = held.next;
        // The sender that was there is dropped, which its receiver hears.
        held.by_caller.insert(caller.clone(), (number, end));
        Place { polls: self, caller, number, replaced }
    }
}

impl Place<'_> {
    /// Resolves when the caller has asked again.
    pub(super) async fn replaced(&mut self) {
        let _ = (&mut self.replaced).await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut held = self.polls.held();
        if held.by_caller.get(&self.caller).is_some_and(|(number, _)| *number == self.number) {
            held.by_caller.remove(&self.caller);
        }
    }
}
