//! A WebSocket at `comet/events`, spoken by a client that is not ours.

mod calls;
mod changes;
mod channels;
mod end;
mod handshake;
mod life;
mod peer;
mod pressure;

pub(super) use peer::connect;
use peer::{Peer, refusal};
