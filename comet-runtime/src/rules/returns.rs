//! What handlers return: a future, a reply, a stream.

use std::future::{Future, pending};
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::pin;

use futures_core::Stream;
use serde::Serialize;

use crate::call::Call;
use crate::error::Error;
use crate::reply::{Outcome, Reply};
use crate::serve::{Replying, Running};

/// What runs a handler that was given `P`.
#[derive(Debug)]
pub struct Given<'s, P> {
    call: &'s Call,
    given: PhantomData<fn() -> P>,
}

impl<'s, P> Given<'s, P> {
    pub(crate) fn new(call: &'s Call) -> Self {
        Self { call, given: PhantomData }
    }
}

impl<P> Clone for Given<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Given<'_, P> {}

impl<'s, P: Send> Given<'s, P> {
    /// A handler that was called, and how it replies with what it comes to. Its name says in an error message why the
    /// future has to be `Send`; what the reply has to be is said where `reply` is named.
    pub fn handler_future_must_be_send<F: Future + Send + 's>(
        &self,
        future: F,
        reply: fn(F::Output) -> Result<Outcome, Error>,
    ) -> Running<'s> {
        Box::pin(Replying { future, reply })
    }

    /// Sends what a returned stream yields.
    pub fn stream<S: EventStream + 's>(&self, returned: S) -> Running<'s> {
        Box::pin(returned.forward(self.call))
    }
}

/// Stands in where an argument is not `Send`, which is found missing at its type: that the handler's future is then not
/// `Send` either need not be said.
#[derive(Debug)]
pub struct Unfit;

impl<P> Deref for Given<'_, P> {
    type Target = Unfit;

    fn deref(&self) -> &Unfit {
        &Unfit
    }
}

impl Unfit {
    /// Nothing: this is not reached.
    pub fn handler_future_must_be_send<'s, F: Future>(
        &self,
        _: F,
        _: fn(F::Output) -> Result<Outcome, Error>,
    ) -> Running<'s> {
        Box::pin(pending())
    }

    /// Nothing: this is not reached.
    pub fn stream<'s, S>(&self, _: S) -> Running<'s> {
        Box::pin(pending())
    }
}

/// A stream that a handler may return: each item is sent as an event.
#[diagnostic::on_unimplemented(
    message = "a comet handler that is not `async` returns a stream of events, and `{Self}` is none",
    label = "expected `impl Stream<Item = T>` where `T: serde::Serialize + Send`",
    note = "write `async fn` for a handler that replies once, and `#[comet(skip)]` on a method that is no handler"
)]
pub trait EventStream: Send {
    /// What is sent.
    type Event: Serialize + Send;

    /// Sends every item to the call's events.
    fn forward(self, call: &Call) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

#[diagnostic::do_not_recommend]
impl<S> EventStream for S
where
    S: Stream + Send,
    S::Item: Serialize + Send,
{
    type Event = S::Item;

    async fn forward(self, call: &Call) -> Result<Outcome, Error> {
        let mut out = crate::events::Events::<S::Item>::of(call)?;
        let mut stream = pin!(self);
        while let Some(item) = std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            out.send(&item).await?;
        }
        ().reply()
    }
}
