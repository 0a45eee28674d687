//! Channels: named logs that many readers share, and the types that declare them.

mod declaration;
mod directory;
mod follow;
mod guard;
mod hub;
mod name;
mod node;
mod position;
mod stream;
mod subscription;
#[cfg(test)]
pub(crate) mod tests;
mod topic;

pub(crate) use declaration::linked;
pub use declaration::{Channel, Declaration, OnGap, Payload, Slow, json};
pub(crate) use directory::{Directory, Named};
pub(crate) use follow::{AskAgain, Delivery, Follow, From, Line};
pub use guard::{Ask, GuardFuture, IntoVerdict, Verdict, ask, guard, open};
pub(crate) use hub::hub;
pub(crate) use node::{Node, Seat};
pub(crate) use position::Positions;
pub use subscription::{Delivered, Subscription};
pub use topic::{Closed, Topic, topic};
