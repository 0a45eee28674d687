//! Signals that ask the process to stop.

use std::io;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

use super::Drain;

/// Begins to drain at the first SIGTERM or ctrl-c, and ends at the second.
///
/// # Errors
///
/// When the process may not watch signals.
pub(crate) fn drain_on_signals(drain: Drain) -> io::Result<JoinHandle<()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(tokio::spawn(async move {
        let mut next = async || {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        next().await;
        tracing::info!("stopping; a second signal ends at once");
        drain.begin();
        next().await;
        tracing::warn!("stopped by a second signal");
        drain.end();
    }))
}
