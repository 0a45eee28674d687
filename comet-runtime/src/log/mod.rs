//! The log: a bounded, ordered, in-memory run of entries with one epoch and dense offsets.
//!
//! It is the only buffer in Comet: history, resume store and delivery queue in one. A [`Reader`] is an offset and a
//! waker, so a reader that does not read costs nothing; when the entries it wants are gone it gets one [`Gap`] and goes
//! on from what is left.

mod cursor;
mod entry;
mod framed;
pub(crate) mod media;
mod name;
mod reader;
mod ring;
mod shared;
mod sync;
#[cfg(test)]
mod tests;
mod waiting;

pub(crate) use cursor::{At, Epoch};
pub use cursor::{Cursor, InvalidCursor};
pub(crate) use entry::{Addressee, Draft, Entry, Key, Origin, Reach};
pub use name::{EventName, InvalidEventName};
pub(crate) use reader::{Batch, Reader};
pub(crate) use ring::Gap;
pub(crate) use ring::Limits;
pub(crate) use shared::Log;
