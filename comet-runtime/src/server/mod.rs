//! Sockets, and what has to be kept from them: limits, time limits, malformed requests, and a shutdown that ends.
//!
//! ```text
//! listen ─► accept ─► limits ─► connection ─► sniff ─► wire ─► hyper ─► edge ─► the app
//!                                                ├──► first ───────────────┤
//!                                                └──► polling ─► repeated ─┘
//! ```
//!
//! Everything that can be refused without knowing the app is refused here.

mod accept;
mod body;
mod chunks;
mod connection;
mod date;
mod desk;
mod detached;
mod edge;
mod farewell;
mod first;
mod framing;
mod head;
mod hold;
mod idle;
mod limits;
mod listen;
mod log;
mod polling;
mod shared;
mod signal;
mod sniff;
mod socket;
mod taken;
mod takeover;
mod template;
#[cfg(test)]
mod tests;
mod wire;

pub(crate) use crate::drain::{Drain, Phase};
pub(crate) use accept::serve;
pub(crate) use body::TooSlow;
pub(crate) use desk::Desk;
pub(crate) use detached::detach;
pub(crate) use hold::{Again, Asking, Differs, Held, Hold, Holding, Polling};
pub(crate) use listen::Bound;
pub(crate) use log::start as start_log;
pub(crate) use shared::Shared;
pub(crate) use signal::obey_signals;
pub(crate) use socket::Socket;
pub(crate) use taken::{Behind, Taken};
pub(crate) use takeover::Takeover;
#[cfg(feature = "pieces")]
pub(crate) use template::Template;
pub(crate) use wire::Wire;

use http::HeaderName;

/// What tells one request from all others, in replies and in the log.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
