//! The writing end of a run: what `flush` and `send` append to, and how long they wait.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use bytes::Bytes;
use tokio::task::coop::consume_budget;

use crate::log::{EventName, Log};

/// Nobody is there any more to see what the handler writes.
///
/// The error of `flush` and `send`. A handler that passes it on with `?` ends its work; in most cases it never sees it,
/// because its future is dropped the moment the connection closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the client is gone")]
pub struct Gone;

/// A run's log with flow control: a writer waits while the reader has not taken enough of what was written.
#[derive(Debug)]
pub(crate) struct Flow {
    log: Arc<Log>,
    /// How many entries may be written ahead of the reader.
    window: u64,
    began: AtomicBool,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    offset: u64,
    waiting: Vec<Waker>,
}

impl Flow {
    pub(crate) fn new(log: Arc<Log>, window: u64) -> Arc<Self> {
        log.keep_after(0);
        Arc::new(Self { log, window, began: AtomicBool::new(false), taken: Mutex::default() })
    }

    pub(crate) fn log(&self) -> &Arc<Log> {
        &self.log
    }

    /// The arguments are there and the handler runs: the reply may begin.
    pub(crate) fn begin(&self) {
        self.began.store(true, Ordering::Release);
    }

    pub(crate) fn began(&self) -> bool {
        self.began.load(Ordering::Acquire)
    }

    /// Appends without waiting: what is left over when the handler returns.
    pub(crate) fn append(&self, event: EventName, payload: Bytes) {
        self.log.append(event, payload);
    }

    /// Appends and waits until the reader is near enough.
    pub(crate) async fn send(&self, event: EventName, payload: Bytes) -> Result<(), Gone> {
        // A handler that waits for nothing else lets others run now and then, however fast its reader is.
        consume_budget().await;
        let offset = self.log.append(event, payload).ok_or(Gone)?;
        let near = |taken| offset < taken + self.window && self.log.within_limits();
        self.until(|taken| offset <= taken || near(taken)).await;
        Ok(())
    }

    /// Waits until the reader has everything that was written.
    #[cfg(feature = "sijax")]
    pub(crate) async fn settle(&self) {
        let newest = self.log.newest();
        self.until(|taken| newest <= taken).await;
    }

    /// Waits for a position of the reader.
    async fn until(&self, is_there: impl Fn(u64) -> bool) {
        poll_fn(|cx| {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            if is_there(taken.offset) {
                return Poll::Ready(());
            }
            if !taken.waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
                taken.waiting.push(cx.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }

    /// The reader has everything up to `offset`.
    pub(crate) fn take(&self, offset: u64) {
        self.log.keep_after(offset);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if offset <= taken.offset {
            return;
        }
        taken.offset = offset;
        let waiting = std::mem::take(&mut taken.waiting);
        drop(taken);
        waiting.into_iter().for_each(Waker::wake);
    }
}
