//! One channel of this process: its log, and who follows it.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use super::Declaration;
use crate::log::Log;

/// A channel.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: Box<str>,
    pub(crate) declaration: &'static Declaration,
    pub(crate) log: Arc<Log>,
    members: Mutex<Members>,
}

#[derive(Debug, Default)]
struct Members {
    next: u64,
    seated: HashMap<u64, Member>,
}

#[derive(Debug)]
struct Member {
    user: Option<Box<str>>,
    cut: oneshot::Sender<Cut>,
}

/// Why a reader has to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Cut {
    Revoked,
}

impl Node {
    pub(super) fn new(name: &str, declaration: &'static Declaration) -> Arc<Self> {
        let log = Log::new(declaration.limits());
        Arc::new(Self { name: name.into(), declaration, log, members: Mutex::default() })
    }

    fn members(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it keeps something that a reader could still come for.
    pub(super) fn has_history(&self) -> bool {
        self.declaration.history.is_some() && self.log.newest() > 0
    }

    /// Counts a reader in.
    pub(crate) fn sit(self: &Arc<Self>, user: Option<&str>) -> Seat {
        let (cut, cut_off) = oneshot::channel();
        let mut members = self.members();
        members.next += 1;
        let number = members.next;
        members.seated.insert(number, Member { user: user.map(Into::into), cut });
        Seat { node: Arc::clone(self), number, cut_off }
    }

    /// How many readers there are.
    pub(crate) fn count(&self) -> usize {
        self.members().seated.len()
    }

    /// Cuts a user's readers off and says how many there were.
    pub(crate) fn revoke(&self, user: &str) -> usize {
        let mut members = self.members();
        let theirs = members.seated.extract_if(|_, member| member.user.as_deref() == Some(user));
        theirs.filter_map(|(_, member)| member.cut.send(Cut::Revoked).ok()).count()
    }
}

/// A reader's place at a channel; dropping it is leaving.
#[derive(Debug)]
pub(crate) struct Seat {
    node: Arc<Node>,
    number: u64,
    cut_off: oneshot::Receiver<Cut>,
}

impl Seat {
    /// Ready when the reader has to leave.
    pub(super) fn poll_cut(&mut self, cx: &mut Context<'_>) -> Poll<Cut> {
        match Pin::new(&mut self.cut_off).poll(cx) {
            Poll::Ready(Ok(cut)) => Poll::Ready(cut),
            // The sender goes only with this seat or with the cut itself.
            Poll::Ready(Err(_)) | Poll::Pending => Poll::Pending,
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.node.members().seated.remove(&self.number);
    }
}
