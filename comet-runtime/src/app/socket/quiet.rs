//! Silence, and how long it has lasted.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

/// Tells when nothing was noted for a while. Noting costs no timer.
#[derive(Debug)]
pub(super) struct Quiet {
    since: Instant,
    limit: Duration,
    timer: Pin<Box<Sleep>>,
}

impl Quiet {
    pub(super) fn new(limit: Duration) -> Self {
        // The shortest time of the clock, so that a limit of nothing is not asked for without end.
        let limit = limit.max(Duration::from_millis(1));
        Self { since: Instant::now(), limit, timer: Box::pin(sleep(limit)) }
    }

    /// It is not quiet now.
    pub(super) fn note(&mut self) {
        self.since = Instant::now();
    }

    /// Ready once for each time that it was quiet for so long.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.timer.as_mut().poll(cx).is_ready() {
            let over = self.since + self.limit <= Instant::now();
            if over {
                self.note();
            }
            self.timer.as_mut().reset(self.since + self.limit);
            if over {
                // Polled once more, for the waker.
                let _ = self.timer.as_mut().poll(cx);
                return Poll::Ready(());
            }
        }
        Poll::Pending
    }
}
