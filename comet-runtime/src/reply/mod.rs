//! What a handler may return.

mod outcome;
mod types;

pub use outcome::{Outcome, Value};
pub(crate) use outcome::ready_text;
pub use types::{Json, Reply};
