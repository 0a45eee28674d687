//! Panics in the user's code: an error of that call, and nothing else.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use http::StatusCode;

use super::{Error, HIDDEN};

type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Waits for an answer of the user's code. If that panics it has no answer, and the log says what did.
pub(crate) async fn caught<T>(future: Asked<'_, T>, what: impl Fn() -> String) -> Result<T, Error> {
    let mut running = Some(future);
    poll_fn(|cx| {
        let Some(future) = &mut running else { return Poll::Pending };
        // The future is dropped after a panic, so nobody sees what it left half done.
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        polled.unwrap_or_else(|panic| {
            running = None;
            Poll::Ready(Err(panicked(&what(), panic.as_ref())))
        })
    })
    .await
}

/// The error that a panic of `what` stands for.
pub(crate) fn panicked(what: &str, panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let cause = format!("{what} panicked: {}", text.unwrap_or("with no message"));
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, HIDDEN).with_source(cause)
}
