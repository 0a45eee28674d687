//! What ends a reader from outside, at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::note;

/// Whether a reader's access was revoked.
#[derive(Debug, Default)]
pub(crate) struct CutOff {
    cut: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl CutOff {
    /// Cuts the reader off: it gets nothing that is published from here on.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Release);
        if let Some(waker) = self.waker().take() {
            waker.wake();
        }
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Acquire)
    }

    /// Ready when the reader was cut off.
    pub(crate) fn poll(&self, cx: &mut Context<'_>) -> Poll<()> {
        if !self.is_cut() {
            note(&mut self.waker(), cx);
        }
        // Once more, as it may have happened before anybody was there to be woken.
        if self.is_cut() { Poll::Ready(()) } else { Poll::Pending }
    }

    fn waker(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
