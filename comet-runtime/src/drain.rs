//! A shutdown on its way, seen by everyone who has to end.

use std::sync::Arc;

use tokio::sync::watch;

/// How far a shutdown has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// No shutdown.
    Running,
    /// No new connections; requests finish, streams say `bye` and end.
    Draining,
    /// Time is up: what is still open is dropped.
    Ended,
}

/// A handle to the shutdown of one app; clones are handles to the same. It only ever goes forward.
#[derive(Debug, Clone)]
pub(crate) struct Drain {
    phase: Arc<watch::Sender<Phase>>,
}

impl Drain {
    pub(crate) fn new() -> Self {
        Self { phase: Arc::new(watch::Sender::new(Phase::Running)) }
    }

    /// Begins to drain; nothing if it has begun.
    pub(crate) fn begin(&self) {
        self.advance(Phase::Draining);
    }

    /// Ends at once.
    pub(crate) fn end(&self) {
        self.advance(Phase::Ended);
    }

    pub(crate) fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Whether nothing new is to begin.
    pub(crate) fn has_begun(&self) -> bool {
        self.phase() >= Phase::Draining
    }

    /// Waits until draining has begun, or everything has ended. The future is `'static`, for bodies to keep.
    pub(crate) fn begun(&self) -> impl Future<Output = ()> + Send + use<> {
        self.reached(Phase::Draining)
    }

    /// Waits until everything has ended.
    pub(crate) fn ended(&self) -> impl Future<Output = ()> + Send + use<> {
        self.reached(Phase::Ended)
    }

    fn advance(&self, to: Phase) {
        self.phase.send_if_modified(|phase| {
            let advances = *phase < to;
            *phase = to.max(*phase);
            advances
        });
    }

    fn reached(&self, wanted: Phase) -> impl Future<Output = ()> + Send + use<> {
        let sender = Arc::clone(&self.phase);
        let mut phase = sender.subscribe();
        async move {
            // The sender lives in this future, so waiting ends only at the wanted phase.
            let _reached = phase.wait_for(|phase| *phase >= wanted).await;
            drop(sender);
        }
    }
}
