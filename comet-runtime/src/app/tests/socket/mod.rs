//! A WebSocket at `comet/events`, spoken by a client that is not ours.

mod calls;
mod changes;
mod channels;
mod end;
mod guarded;
mod handshake;
mod life;
mod peer;
mod pressure;

use peer::refusal;
pub(super) use peer::{Peer, connect};
