//! What drives a run: the response body that polls it, or a task of its own.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tracing::Span;

use crate::blocking::Turn;
use crate::error::{Error, panicked};
use crate::reply::{BoxFuture, Outcome};

/// As long as a handler may work without an `.await` before the log says so.
const BLOCKED: Duration = Duration::from_millis(250);

/// A handler's future, in the span of its call; a panic in it is an error like any other.
pub(crate) struct Work {
    /// `None` once it has returned or panicked.
    future: Option<BoxFuture>,
    span: Span,
}

impl Work {
    pub(crate) fn new(future: BoxFuture, span: Span) -> Self {
        Self { future: Some(future), span }
    }

    /// Drops the future. A panic in a destructor is logged and goes no further: the connection whose task this runs in
    /// may carry other calls.
    fn end(&mut self) {
        let future = self.future.take();
        if catch_unwind(AssertUnwindSafe(|| drop(future))).is_err() {
            tracing::error!("a destructor panicked when the handler ended");
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let span = self.span.clone();
        let _entered = span.enter();
        self.end();
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").finish_non_exhaustive()
    }
}

impl Future for Work {
    type Output = Result<Outcome, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let span = self.span.clone();
        let _entered = span.enter();
        let Some(future) = &mut self.future else { return Poll::Pending };
        let _turn = Turn::begin();
        let since = Instant::now();
        // The future is dropped after a panic, so nobody sees what it left half done.
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)))
            .unwrap_or_else(|panic| Poll::Ready(Err(panicked("the handler", panic.as_ref()))));
        warn_of(since.elapsed());
        if polled.is_ready() {
            self.end();
        }
        polled
    }
}

/// Says which handler kept others from the thread that they share.
fn warn_of(busy: Duration) {
    if busy >= BLOCKED {
        tracing::warn!(
            ?busy,
            "the handler blocked its thread: do such work in `tokio::task::spawn_blocking`, or `.await` within it"
        );
    }
}
