//! Who follows a channel, as its other followers see it.
//!
//! [`roster`] is the book of who is there, without a clock and a log of its own; [`attend`] keeps it, tells of each join
//! and leave in the channel's log under one lock with it, and sees out who has not come back; [`list`] is what is shown.

mod attend;
mod list;
mod roster;
#[cfg(test)]
mod tests;

pub(super) use attend::{Presence, Stay};
pub(crate) use list::Attendance;
pub use list::{Member, Present};
