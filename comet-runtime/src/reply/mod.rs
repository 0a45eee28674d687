//! What a handler may return.

mod late;
mod outcome;
mod types;

pub use late::{Late, late};
pub(crate) use outcome::ready_text;
pub use outcome::{BoxFuture, Outcome, Value};
pub use types::{Json, Reply};
