//! Everything that expansions name. No part of the public API: it changes with the macros.

pub use std::borrow::Borrow;
use std::future::Future;

pub use inventory::submit;

pub use crate::call::Call;
pub use crate::channel::{
    Channel, ConflateBy, Declaration, GuardFuture, OnGap, Payload, Raw, Slow, Subscription, Topic,
    Verdict, ask, every, guard, json, key, open, raw, topic,
};
pub use crate::declared::{Declares, Taken, assert_distinct, count, linked, taken};
pub use crate::error::Error;
pub use crate::events::Events;
pub use crate::extract::{
    Handed, Param, Pick, Query, Tag, argument, ladder, part, path, query, query_parameter,
    route_parameter, take,
};
pub use crate::link::{NamedLink, Refused, Url, pairs, rest, segment, url};
pub use crate::registry::{
    Access, Endpoint, Expected, Hold, Linked, Location, Shape, Signature, endpoint,
};
pub use crate::reply::{BoxFuture, Outcome, Reply, late};
pub use crate::rules::{Near, Unlike, handler_future_must_be_send, near, stream, unlike};
use crate::stay::within;
pub use crate::stay::{Stay, stay};
pub use crate::typescript::{Described, Returned, Typed, rungs, undescribed};

/// Boxes a handler's future, with what ends it from outside. The bound's name is what the compiler says when it does not
/// hold.
pub fn boxed<F>(stay: Stay, future: F) -> BoxFuture
where
    F: Future<Output = Result<Outcome, Error>> + Send + 'static,
{
    Box::pin(within(stay, future))
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
