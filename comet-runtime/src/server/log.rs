//! Logging to standard error.

use tracing_subscriber::EnvFilter;

/// Logs what `filter` lets through, unless the program has set up its own logging before.
pub(crate) fn start(filter: &str) {
    let filter = EnvFilter::new(filter);
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if logger.try_init().is_err() {
        tracing::debug!("the program logs by itself; the setting `log` is not used");
    }
}
