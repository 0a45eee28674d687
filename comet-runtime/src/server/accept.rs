//! From the listening socket to one task a connection, and their end.

use std::io;
use std::net::SocketAddr;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

use super::connection::Connections;
use super::edge::AppService;
use super::limits::Limits;
use super::{Bound, Drain, farewell};
use crate::blocking::Watched;
use crate::config::Config;

/// How long accepting pauses when the system has no descriptors or no memory left.
const PAUSE: Duration = Duration::from_millis(100);

/// How long streams that ran to the very end have to say `bye`.
const LAST_WORDS: Duration = Duration::from_millis(250);

/// How long dropped connections have to be gone. Only a handler that blocks its thread takes any time at all.
const LAST: Duration = Duration::from_secs(1);

/// Serves until `drain` has begun and all connections are done, or `config.drain` later, or `drain` has ended.
pub(crate) async fn serve(bound: Bound, app: impl AppService, config: &Config, drain: Drain) {
    // On a thread that serves: from that of `main`, which is none of them, each connection would have to be handed over.
    let mut accepting = JoinSet::new();
    accepting.spawn(Server::new(bound, app, config, drain).run());
    if let Some(Err(error)) = accepting.join_next().await
        && let Ok(panic) = error.try_into_panic()
    {
        resume_unwind(panic);
    }
}

pub(super) struct Server<S> {
    bound: Bound,
    connections: Arc<Connections<S>>,
    pub(super) limits: Arc<Limits>,
    farewells: Arc<Semaphore>,
    grace: Duration,
    drain: Drain,
}

impl<S: AppService> Server<S> {
    pub(super) fn new(bound: Bound, app: S, config: &Config, drain: Drain) -> Self {
        let certificates = bound.certificates.clone();
        Self {
            bound,
            connections: Arc::new(Connections::new(app, config, certificates, drain.clone())),
            limits: Limits::of(config),
            farewells: Arc::new(Semaphore::new(farewell::AT_ONCE)),
            grace: config.drain,
            drain,
        }
    }

    pub(super) async fn run(self) {
        let mut tasks = JoinSet::new();
        let mut begun = pin!(self.drain.begun());
        loop {
            tokio::select! {
                biased;
                () = &mut begun => break,
                Some(ended) = tasks.join_next() => note(ended),
                accepted = self.bound.listener.accept() => match accepted {
                    Ok((stream, peer)) => self.start(stream, peer, &mut tasks),
                    Err(error) => wait_out(&error).await,
                },
            }
        }
        let Self { bound, drain, grace, .. } = self;
        drop(bound);
        finish(tasks, &drain, grace).await;
    }

    fn start(&self, stream: TcpStream, peer: SocketAddr, tasks: &mut JoinSet<()>) {
        if let Some(permit) = self.limits.admit(peer.ip()) {
            tasks.spawn(Watched::new(Arc::clone(&self.connections).serve(stream, peer, permit)));
            return;
        }
        // A client that is to be told so over TLS costs more than one that is let in.
        if self.connections.are_plain()
            && let Ok(permit) = Arc::clone(&self.farewells).try_acquire_owned()
        {
            tasks.spawn(farewell::no_room(stream, permit));
        }
    }
}

/// Waits for the connections, but not for ever.
async fn finish(mut tasks: JoinSet<()>, drain: &Drain, grace: Duration) {
    tokio::select! {
        () = all(&mut tasks) => {}
        () = drain.ended() => {}
        () = sleep(grace) => {}
    }
    drain.end();
    // What is not done by now is counted below.
    let _ = timeout(LAST_WORDS, all(&mut tasks)).await;
    if !tasks.is_empty() {
        tracing::warn!(connections = tasks.len(), "closing connections that did not end in time");
    }
    if timeout(LAST, tasks.shutdown()).await.is_err() {
        tracing::error!("a handler blocks its thread, so its connection could not be closed");
    }
}

/// Waits for all connections to end.
async fn all(tasks: &mut JoinSet<()>) {
    while let Some(ended) = tasks.join_next().await {
        note(ended);
    }
}

/// A panic ends its connection and nothing else; the panic hook has printed it.
fn note(ended: Result<(), JoinError>) {
    if let Err(error) = ended
        && error.is_panic()
    {
        tracing::error!("a connection was closed by a panic");
    }
}

/// A client that left before it was accepted is no reason to wait; a lack of descriptors or memory is.
async fn wait_out(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
    ) {
        tracing::error!(%error, "cannot accept connections; trying again");
        sleep(PAUSE).await;
    }
}
