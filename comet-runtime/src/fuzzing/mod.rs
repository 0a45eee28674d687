//! What holds for any bytes at all: each function asserts one property of an encoder or a parser. No part of the API.
//!
//! `cargo test` calls them with random bytes, and the targets in `fuzz/` with bytes that a fuzzer has grown.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc
)]

pub(crate) mod framing;
mod input;
pub(crate) mod parsers;
mod reading;
#[cfg(test)]
mod tests;

pub use framing::{frame, image, jsonp, multipart, ndjson, sse};
pub use reading::{
    accept, callback, channel_name, cursor, event_name, last_event_id, publish, websocket,
};
