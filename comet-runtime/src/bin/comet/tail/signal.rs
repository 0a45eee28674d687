//! The signals that end the program.

/// Resolves with the number of the signal.
#[cfg(unix)]
pub(super) async fn ended() -> u8 {
    use tokio::signal::unix::{SignalKind, signal};

    const SIGINT: u8 = 2;
    const SIGTERM: u8 = 15;
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        // Then the system's own way of ending the program stays.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => SIGINT,
        _ = terminate.recv() => SIGTERM,
    }
}

/// Resolves with the number of the signal.
#[cfg(not(unix))]
pub(super) async fn ended() -> u8 {
    match tokio::signal::ctrl_c().await {
        Ok(()) => 2,
        Err(_) => std::future::pending().await,
    }
}
