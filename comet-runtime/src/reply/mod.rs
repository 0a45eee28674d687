//! What a handler may return.

mod outcome;
mod types;

pub(crate) use outcome::ready_text;
pub use outcome::{BoxFuture, Outcome, Value};
pub use types::{Json, Reply};
