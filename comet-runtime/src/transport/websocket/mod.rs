//! WebSocket (RFC 6455): the handshake, frames both ways, and the socket that carries them.
//!
//! A message is one text frame with the JSON that NDJSON has on a line. Server frames are unmasked, so the frame of an
//! entry is the same for all its readers. No extension is offered: permessage-deflate would need a window of memory
//! a connection, and would compress every entry once a reader.

mod close;
mod decoder;
mod encoder;
#[cfg(any(test, fuzzing, feature = "pieces"))]
mod fuzzed;
mod handshake;
mod socket;
#[cfg(test)]
mod tests;

pub(crate) use close::Close;
pub(super) use encoder::write;
#[cfg(any(test, fuzzing, feature = "pieces"))]
pub(crate) use fuzzed::decoded;
pub(crate) use handshake::{Handshake, is_asked, unasked};
pub(crate) use socket::{Carrier, Heard, Socket};
