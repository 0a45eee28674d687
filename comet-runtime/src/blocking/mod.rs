//! A task that blocks its thread, and the thread that takes over from it.
//!
//! Tokio's thread that waits for sockets and timers runs at once what they wake, and until that returns no other waits
//! in its place ([tokio#4730](https://github.com/tokio-rs/tokio/issues/4730)). So one handler that blocks could hold up
//! every connection. While a poll lasts, a thread of Comet's own gives the runtime an empty task now and then: the
//! thread that wakes for it finds nothing else to do, and waits for sockets and timers from then on.

#[cfg(test)]
mod tests;
mod watch;

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::Executor;
use pin_project_lite::pin_project;

/// One poll of a task, from when it is made until it is dropped.
pub(crate) struct Turn {
    /// What its thread's count is when it is over; `None` if nobody counts, or if it is within another turn.
    over: Option<u64>,
    stays_on_its_thread: PhantomData<*const ()>,
}

impl Turn {
    pub(crate) fn begin() -> Self {
        let over = watch::begin();
        Self { over, stays_on_its_thread: PhantomData }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(over) = self.over {
            watch::end(over);
        }
    }
}

pin_project! {
    /// A task whose polls are turns.
    pub(crate) struct Watched<F> {
        #[pin]
        task: F,
    }
}

impl<F> Watched<F> {
    pub(crate) fn new(task: F) -> Self {
        Self { task }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let _turn = Turn::begin();
        self.project().task.poll(cx)
    }
}

/// Runs what hyper has to run beside a connection, each as a task whose polls are turns.
#[derive(Clone, Debug)]
pub(crate) struct Tasks;

impl<F: Future<Output: Send> + Send + 'static> Executor<F> for Tasks {
    fn execute(&self, task: F) {
        drop(tokio::spawn(Watched::new(task)));
    }
}
