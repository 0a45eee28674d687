//! What the compiler names when it refuses a handler or a channel.
//!
//! `#[comet]`, `#[longpoll]` and `#[channel]` check the types of what they stand on with these functions and traits, so
//! that a message such as "required by a bound in `route_parameter`" can be looked up. Programs have no other use for
//! them.

mod returns;
mod unknown;

pub use returns::{EventStream, handler_future_must_be_send, stream};
pub use unknown::{Named, NamedLike, Near, Placeholder, Unlike, near, unlike};

pub use crate::channel::{ask, guard, json, key, raw};
pub use crate::declared::Declares;
pub use crate::extract::{ByBody, Handed, query_parameter, route_parameter};
pub use crate::link::NamedLink;
pub use crate::reply::{Late, late};
