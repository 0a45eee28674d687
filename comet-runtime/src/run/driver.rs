//! What drives a run: the response body that polls it, or a task of its own.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use http::StatusCode;
use tracing::Span;

use crate::error::Error;
use crate::registry::BoxFuture;
use crate::reply::Outcome;

/// A handler's future, in the span of its call; a panic in it is an error like any other.
pub(crate) struct Work {
    future: BoxFuture,
    span: Span,
}

impl Work {
    pub(crate) fn new(future: BoxFuture, span: Span) -> Self {
        Self { future, span }
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
        let this = &mut *self;
        let _entered = this.span.enter();
        // The future is dropped after a panic, so nobody sees what it left half done.
        let polled = catch_unwind(AssertUnwindSafe(|| this.future.as_mut().poll(cx)));
        polled.unwrap_or_else(|panic| {
            this.future = Box::pin(std::future::pending());
            Poll::Ready(Err(panicked(panic.as_ref())))
        })
    }
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let cause = format!("the handler panicked: {}", text.unwrap_or("with no message"));
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, crate::error::HIDDEN).with_source(cause)
}
