//! One invocation of a handler: a future, the private log it writes to, and what drives it.

mod flow;

pub(crate) use flow::Flow;
pub use flow::Gone;
