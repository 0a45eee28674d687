//! The app: what it is given, what it checks before it starts, and what it does with a request.

mod admit;
mod assets;
mod builder;
mod checks;
mod command;
mod cors;
mod cursor;
mod direct;
mod dispatch;
mod files;
mod follow;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
mod input;
mod listing;
mod own;
mod poll;
mod polls;
mod publish;
mod recycling;
mod service;
mod socket;
mod start;
mod subscriber;
#[cfg(test)]
mod tests;
mod verify;
mod waiting;
mod wanted;

pub use assets::client_url;
pub use builder::App;
pub use checks::StartError;
pub use service::Service;
pub use verify::verify;
