//! Everything that expansions name. No part of the public API: it changes with the macros.

pub use std::borrow::Borrow;
pub use std::marker::Sized;
pub use std::module_path;
pub use std::option::Option::{self, None, Some};
pub use std::result::Result::{self, Ok};
pub use std::time::Duration;
pub use std::vec::Vec;

pub use inventory::submit;

pub use crate::call::Call;
pub use crate::channel::{
    Channel, ConflateBy, Declaration, GuardFuture, OnGap, Payload, Raw, Slow, Subscription, Topic,
    Verdict, ask, every, guard, json, key, open, raw, topic,
};
pub use crate::declared::{Declares, Taken, assert_distinct, count, linked, taken};
pub use crate::error::Error;
pub use crate::events::Events;
use crate::extract::{Gets, in_path};
pub use crate::extract::{
    Handed, InUrl, Param, Query, argument, instance, query_parameter, route_parameter,
};
pub use crate::link::{NamedLink, Refused, Url, pairs, rest, segment, url};
pub use crate::registry::{
    Access, Endpoint, Expected, Hold, Linked, Location, Shape, Signature, endpoint,
};
pub use crate::reply::{BoxFuture, Outcome, Reply, late};
pub use crate::rules::{Near, Unlike, near, unlike};
pub use crate::serve::{serve, serve_stream};
pub use crate::typescript::{Described, Returned, Typed, undescribed};

/// Reads the value of a channel's parameter.
#[expect(clippy::needless_pass_by_value, reason = "an expansion is shorter without the `&`")]
pub fn owned<T, G>(parameter: InUrl<T, G>, call: &Call) -> Result<T, Error>
where
    T: for<'r> Param<Get<'r> = T>,
    G: for<'r> Gets<'r> + ?Sized,
{
    in_path::<T>(call, parameter.name)
}
