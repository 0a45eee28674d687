//! Channels: named logs that many readers share, and the types that declare them.

mod attributes;
mod conflate;
mod declaration;
mod directory;
mod every;
mod follow;
mod guard;
mod hub;
mod line;
mod live;
mod name;
mod node;
mod notify;
mod position;
mod presence;
mod recheck;
mod seat;
mod stream;
mod subscription;
mod suspend;
mod suspended;
#[cfg(test)]
pub(crate) mod tests;
mod topic;
mod who;

pub use conflate::{ConflateBy, key};
pub use declaration::{Channel, Declaration, OnGap, Payload, Raw, Slow, json, raw};
pub(crate) use declaration::{NO_BYTES, linked};
pub(crate) use directory::{Directory, Named};
pub(crate) use every::Every;
pub(crate) use follow::{Delivery, Follow};
pub use guard::{Ask, GuardFuture, IntoVerdict, Verdict, ask, guard, open};
pub(crate) use hub::hub;
pub(crate) use line::{Cause, From, Line};
pub use live::Live;
pub(crate) use node::Node;
pub(crate) use position::Positions;
pub(crate) use presence::Attendance;
pub use presence::{Member, Present};
pub(crate) use recheck::AskAgain;
pub(crate) use seat::Seat;
pub use subscription::{Delivered, NextError, Subscription};
pub use suspend::suspend;
pub use suspended::{End, Expiration, HandlerId, Interrupt, Suspended, Terminate, Then};
pub use topic::{Closed, Topic, every, topic};
pub(crate) use who::{Person, Who};
