//! The app: what it is given, what it checks before it starts, and what it does with a request.

#[cfg(feature = "compat")]
mod adapter;
mod admit;
mod asked;
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
#[cfg(feature = "upload")]
mod multipart;
mod once;
mod own;
mod poll;
mod polls;
mod publish;
mod recycling;
mod repeat;
mod service;
mod socket;
mod start;
mod subscriber;
#[cfg(test)]
pub(crate) mod tests;
mod verify;
mod waiting;
mod wanted;

#[cfg(feature = "compat")]
pub use adapter::Adapter;
#[cfg(feature = "roots")]
pub(crate) use adapter::Home;
#[cfg(feature = "compat")]
pub(crate) use adapter::{Adapt, Answering, Host};
#[cfg(feature = "sijax")]
pub(crate) use assets::client_files;
pub use assets::{client_integrity, client_script, client_url};
pub use builder::App;
pub use checks::StartError;
#[cfg(feature = "sijax")]
pub(crate) use input::{URLENCODED, content_type};
#[cfg(feature = "upload")]
pub(crate) use multipart::{CONTENT_TYPE as MULTIPART, Form};
#[cfg(feature = "roots")]
pub(crate) use publish::Event;
pub use service::Service;
pub use verify::verify;
