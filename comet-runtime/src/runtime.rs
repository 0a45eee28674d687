//! The runtime that everything waits in.

use std::io;

use tokio::runtime::Handle;

/// That there is a tokio runtime where this is asked.
///
/// # Errors
///
/// There is none; it names what needs it, and what to do.
pub(crate) fn needed_by(what: &str) -> io::Result<()> {
    let there = Handle::try_current().map(drop);
    there.map_err(|_| {
        io::Error::other(format!(
            "`{what}` needs a tokio runtime, and none was started here: await it below `#[tokio::main]`, or in a task \
             of `tokio::spawn`"
        ))
    })
}
