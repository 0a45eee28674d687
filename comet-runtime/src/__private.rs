//! Everything that expansions name. No part of the public API: it changes with the macros.

mod unknown;

use std::future::Future;
use std::pin::pin;

use futures_core::Stream;
use serde::Serialize;

pub use inventory::submit;

pub use crate::call::Call;
pub use crate::channel::{
    Channel, ConflateBy, Declaration, GuardFuture, OnGap, Payload, Raw, Slow, Subscription, Topic,
    Verdict, ask, every, guard, json, key, open, raw, topic,
};
pub use crate::error::Error;
pub use crate::extract::{
    ByArgument, ByBody, ByExtract, ByParts, Handed, Param, Pick, Query, Tag, path, query,
    query_parameter, route_parameter,
};
pub use crate::link::{Link, Url, pairs, rest, segment, url};
pub use crate::registry::{Access, Endpoint, Expected, Hold, Location, Shape, Signature};
pub use crate::reply::{BoxFuture, Outcome, Reply, late};
use crate::stay::within;
pub use crate::stay::{Stay, stay};
pub use unknown::{Near, Unlike, near, unlike};

/// Boxes a handler's future, with what ends it from outside. The bound's name is what the compiler says when it does not
/// hold.
pub fn boxed<F>(stay: Stay, future: F) -> BoxFuture
where
    F: Future<Output = Result<Outcome, Error>> + Send + 'static,
{
    Box::pin(within(stay, future))
}

/// Says in an error message why a future has to be `Send`.
pub fn handler_future_must_be_send<F: Future + Send>(future: F) -> F {
    future
}

/// Says that every argument was taken.
pub fn begin(call: &Call) -> Result<(), Error> {
    call.begin()
}

/// The app's instance of a handler struct.
pub fn instance<T: Send + Sync + 'static>(call: &Call) -> Result<std::sync::Arc<T>, Error> {
    crate::extract::provided(call)
}

/// Notes that a handler struct's instance is needed.
pub fn needs_instance<T: Send + Sync + 'static>(signature: &mut Signature) {
    signature.needs.push(crate::extract::need::<T>("with"));
}

/// What an `async fn` returned.
pub fn reply<R: Reply>(returned: R) -> Result<Outcome, Error> {
    returned.reply()
}

/// A stream that a handler may return: each item is sent as an event.
#[diagnostic::on_unimplemented(
    message = "a comet handler that is not `async` returns a stream, and `{Self}` is none",
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
        let mut out = crate::events::Events::<S::Item>::of(call);
        let mut stream = pin!(self);
        while let Some(item) = std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            out.send(&item).await?;
        }
        ().reply()
    }
}

/// Sends what a returned stream yields.
pub fn stream<S: EventStream>(
    returned: S,
    call: &Call,
) -> impl Future<Output = Result<Outcome, Error>> + Send {
    returned.forward(call)
}

/// Notes that a handler returns a stream.
pub fn streams(signature: &mut Signature) {
    signature.shape = Shape::Events;
}

/// Reads the value of a channel's parameter.
pub fn owned<T>(tag: Tag<T>, call: &Call, name: &'static str) -> Result<T, Error>
where
    T: for<'r> Param<Get<'r> = T>,
{
    path(tag, call, name)
}
