//! What is printed.

use std::io::{self, Write};

use crate::failure::Failure;

/// Prints bytes at once, as they are.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::quiet(),
        _ => Failure::other(format!("cannot write to standard output: {error}")),
    })
}

/// Says something beside the events. Who has closed standard error does not want to hear it.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "comet: {text}");
}
