//! Time limits that cost nothing, or next to nothing, while nobody waits.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// A moment that may not come to pass. It costs a timer only when somebody waits for it.
#[derive(Debug, Default)]
pub(crate) struct Deadline {
    at: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    /// Sets the moment, unless one is set.
    pub(crate) fn start(&mut self, at: Instant) {
        self.at.get_or_insert(at);
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Ready when the moment has come; never if none is set.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(at) = self.at else { return Poll::Pending };
        self.sleep.get_or_insert_with(|| Box::pin(sleep_until(at))).as_mut().poll(cx)
    }
}

/// How long a peer may take nothing while there is something for it.
#[derive(Debug)]
pub(crate) struct Patience {
    limit: Duration,
    end: Deadline,
}

impl Patience {
    pub(crate) fn new(limit: Duration) -> Self {
        Self { limit, end: Deadline::default() }
    }

    /// What comes of sending to the peer, which `moved` where it has taken some of it: an error when it takes nothing for
    /// too long.
    pub(crate) fn watch<T>(
        &mut self,
        sent: Poll<io::Result<T>>,
        moved: bool,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if moved || sent.is_ready() {
            self.end.clear();
        }
        if sent.is_ready() { sent } else { self.poll_lost(cx) }
    }

    /// The peer takes nothing now: an error when it has not for too long.
    pub(crate) fn poll_lost<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        self.end.start(Instant::now() + self.limit);
        self.end.poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

/// A moment that is set anew all the time and is mostly not reached. Its timer stays where it is for as long as it goes
/// off too early rather than too late.
#[derive(Debug)]
pub(crate) struct Alarm {
    at: Instant,
    sleep: Pin<Box<Sleep>>,
}

impl Alarm {
    pub(crate) fn new(at: Instant) -> Self {
        Self { at, sleep: Box::pin(sleep_until(at)) }
    }

    /// Sets another moment.
    pub(crate) fn set(&mut self, at: Instant) {
        self.at = at;
        if at < self.sleep.deadline() {
            self.sleep.as_mut().reset(at);
        }
    }

    /// Ready when the moment has come.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.sleep.as_mut().poll(cx).is_ready() {
            if self.sleep.deadline() >= self.at {
                return Poll::Ready(());
            }
            self.sleep.as_mut().reset(self.at);
        }
        Poll::Pending
    }
}
