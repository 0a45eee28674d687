//! Load over loopback: readers of a server and whoever publishes to them, and what the server uses for it.

mod answer;
mod connection;
mod crowd;
mod message;
mod peer;
mod process;
mod sitting;
mod tls;

pub(crate) use connection::Failure;
pub(crate) use crowd::{Crowd, Size};
pub(crate) use peer::{Peer, SECRET, Way};
pub(crate) use process::{Process, Setup, pin};
pub(crate) use sitting::{Dialog, Sitting};
pub(crate) use tls::Tls;
