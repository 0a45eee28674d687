//! Logging to standard error.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

/// Logs what `filter` lets through, unless the program has set up its own logging before.
pub(crate) fn start(filter: &str) {
    let filter = EnvFilter::new(filter);
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if logger.with_ansi(stderr().is_terminal()).try_init().is_err() {
        tracing::debug!("the program logs by itself; the setting `log` is not used");
    }
}
