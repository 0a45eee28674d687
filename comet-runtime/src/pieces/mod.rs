//! The pieces of a delivery, one by one, for the benchmark `pieces` in `benches/`. No part of the API.
#![allow(missing_docs, unreachable_pub, missing_debug_implementations, clippy::unwrap_used)]

mod delivery;
mod framing;
mod requests;

pub use delivery::{Crowd, Follower, Kept};
pub use framing::{FRAMINGS, Framing, Message, websocket};
pub use requests::{Polls, Routes};
