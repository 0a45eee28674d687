//! A call that is answered once, when its handler is through or has waited long enough.

use bytes::Bytes;
use tokio::time::Instant;

use super::start::Asked;
use crate::error::Error;
use crate::reply::{Outcome, Value};
use crate::run::{Parked, REPLY_LIMIT, Run};

/// What came of it.
pub(super) enum Once {
    /// What the handler has written, and what it has returned.
    Done(Vec<Bytes>, Outcome),
    /// Nothing happened while the request was parked: the reply of the endpoint's `on_timeout`, empty without one.
    Late(Outcome),
}

impl Asked<'_> {
    /// Waits for the handler, but for one that is parked not longer than its hold, and not when the server goes away.
    ///
    /// # Errors
    ///
    /// The handler's own, or that of its `on_timeout`.
    pub(super) async fn collect(&self, mut run: Run) -> Result<Once, Error> {
        let parked = run.unpark();
        let collected = run.collect(REPLY_LIMIT);
        let (written, outcome) = match parked {
            None => collected.await?,
            Some(Parked { until, late }) => match self.park(until, collected).await {
                Some(collected) => collected?,
                None => {
                    return Ok(Once::Late(match late {
                        Some(late) => late.await?,
                        None => Outcome::new(Value::Empty),
                    }));
                }
            },
        };
        Ok(Once::Done(written, outcome))
    }

    async fn park<T>(&self, until: Instant, handler: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = handler => Some(done),
            () = tokio::time::sleep_until(until) => None,
            () = self.app.drain.begun() => None,
        }
    }
}
