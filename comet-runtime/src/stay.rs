//! How long a call may last: what ends it, whoever waits for it.

use std::fmt;

use tokio::time::Instant;

use crate::drain::{Drain, Phase};

tokio::task_local! {
    /// That of the call whose handler is being polled, or dropped.
    static CURRENT: Stay;
}

/// What ends a call from outside. Nothing, for code that no call runs.
#[derive(Clone, Default)]
pub(crate) struct Stay {
    /// When the hold of a long poll is over.
    pub(crate) until: Option<Instant>,
    pub(crate) drain: Option<Drain>,
}

impl Stay {
    /// That of the call in whose handler this is asked.
    pub(crate) fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// Resolves when the server goes away.
    pub(crate) async fn drained(&self) {
        match &self.drain {
            Some(drain) => drain.begun().await,
            None => std::future::pending().await,
        }
    }

    pub(crate) fn is_drained(&self) -> bool {
        self.drain.as_ref().is_some_and(|drain| drain.phase() >= Phase::Draining)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }
}

impl fmt::Debug for Stay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stay").field("until", &self.until).finish_non_exhaustive()
    }
}

/// A handler's future, which can ask what ends it.
pub(crate) fn within<F: Future>(stay: Stay, future: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(stay, future)
}
