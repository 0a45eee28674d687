//! What an endpoint does, written once for all: the expansion of a handler says what it takes and how it is called.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::call::Call;
use crate::error::Error;
use crate::extract::Way;
use crate::registry::{Shape, Signature};
use crate::reply::{BoxFuture, Outcome};
use crate::rules::Given;
use crate::stay::within;

/// What the app asks of an endpoint.
#[expect(
    clippy::large_enum_variant,
    reason = "a call is moved into the future of its handler at once"
)]
pub enum Want<'a> {
    /// At start-up: what the handler takes and how it replies.
    Signature(&'a mut Signature),
    /// For a request: to extract the arguments, and to run the handler.
    Call(Call),
}

/// A handler that was called, with everything it borrowed inside.
pub(crate) type Running<'s> = Pin<Box<dyn Future<Output = Result<Outcome, Error>> + Send + 's>>;

pin_project! {
    /// A handler's future with what makes a reply of its result.
    pub(crate) struct Replying<F: Future> {
        #[pin]
        pub(crate) future: F,
        pub(crate) reply: fn(F::Output) -> Result<Outcome, Error>,
    }
}

impl<F: Future> Future for Replying<F> {
    type Output = Result<Outcome, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        this.future.poll(cx).map(this.reply)
    }
}

/// Answers for a handler that takes its arguments in these ways, and is called by `run`; nothing where nothing is to run.
pub fn serve<W, F>(want: Want<'_>, ways: W, run: F) -> Option<BoxFuture>
where
    W: Way + 'static,
    F: for<'s> FnOnce(W::Passed<'s>, Given<'s, W::Passed<'s>>) -> Running<'s> + Send + 'static,
{
    match want {
        Want::Signature(signature) => {
            ways.describe(signature);
            None
        }
        Want::Call(call) => Some(Box::pin(within(call.stay.clone(), replied(call, ways, run)))),
    }
}

/// The same for a handler that returns a stream.
pub fn serve_stream<W, F>(mut want: Want<'_>, ways: W, run: F) -> Option<BoxFuture>
where
    W: Way + 'static,
    F: for<'s> FnOnce(W::Passed<'s>, Given<'s, W::Passed<'s>>) -> Running<'s> + Send + 'static,
{
    if let Want::Signature(signature) = &mut want {
        signature.shape = Shape::Events;
    }
    serve(want, ways, run)
}

/// While the handler runs, this has nothing but the call and what the handler borrows: no argument of an `async fn`, which
/// would be there twice, and nothing that was moved on.
#[expect(clippy::manual_async_fn, reason = "an `async fn` would have its arguments twice")]
fn replied<W, F>(
    call: Call,
    ways: W,
    run: F,
) -> impl Future<Output = Result<Outcome, Error>> + Send + 'static
where
    W: Way + 'static,
    F: for<'s> FnOnce(W::Passed<'s>, Given<'s, W::Passed<'s>>) -> Running<'s> + Send + 'static,
{
    async move {
        let mut slot = W::Slot::default();
        let running = {
            let read = ways.read(&call)?;
            let taken = ways.take(&call).await?;
            call.begin()?;
            run(W::pass(read, taken, &mut slot), Given::new(&call))
        };
        running.await
    }
}

impl fmt::Debug for Want<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature(_) => "Signature",
            Self::Call(_) => "Call",
        })
    }
}
