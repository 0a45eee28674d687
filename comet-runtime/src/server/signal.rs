//! Signals that ask the process for something.

use std::io;
use std::sync::Arc;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;

use super::Drain;
use crate::tls::Certificates;

/// Begins to drain at the first SIGTERM or ctrl-c, and ends at the second; reads the certificate anew at each SIGHUP, if
/// there is one. For as long as the tasks are held.
///
/// # Errors
///
/// When the process may not watch signals.
pub(crate) fn obey_signals(
    drain: Drain,
    certificates: Option<Arc<Certificates>>,
) -> io::Result<JoinSet<()>> {
    let mut tasks = JoinSet::new();
    let (terminate, interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tasks.spawn(drain_on(terminate, interrupt, drain));
    if let Some(certificates) = certificates {
        tasks.spawn(renew_on(signal(SignalKind::hangup())?, certificates));
    }
    Ok(tasks)
}

async fn drain_on(mut terminate: Signal, mut interrupt: Signal, drain: Drain) {
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
}

async fn renew_on(mut hangup: Signal, certificates: Arc<Certificates>) {
    while hangup.recv().await.is_some() {
        match certificates.read_anew() {
            Ok(()) => tracing::info!("read the certificate anew; new connections see it"),
            Err((setting, error)) => {
                tracing::error!(setting, %error, "the certificate stays the one it was");
            }
        }
    }
}
