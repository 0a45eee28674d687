//! What the compiler names when it refuses a handler or a channel.
//!
//! `#[comet]`, `#[longpoll]` and `#[channel]` check the types of what they stand on with these functions and traits, so
//! that a message such as "required by a bound in `route_parameter`" can be looked up. Programs have no other use for
//! them.

mod returns;
mod unknown;

pub use returns::{EventStream, Given, Unfit};
pub use unknown::{Named, NamedLike, Near, Placeholder, Unlike, near, unlike};

pub use crate::channel::{ask, guard, json, key, raw};
pub use crate::declared::Declares;
pub use crate::extract::{ByNothing, Handed, Unsent, Unshared, query_parameter, route_parameter};
pub use crate::link::NamedLink;
pub use crate::reply::{Late, late};
