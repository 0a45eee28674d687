#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod app;
mod client;
mod drain;
mod first;
mod framing;
mod http2;
mod last_moment;
mod limits;
mod listen;
mod malformed;
mod polling;
mod polls;
mod requests;
mod template;
mod times;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

use self::app::Tiny;
use self::client::Client;
use super::accept::Server;
use super::limits::Limits;
use super::{Bound, Drain};
use crate::config::Config;

/// Longer than anything here takes; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server on a port of its own.
struct Running {
    address: SocketAddr,
    app: Tiny,
    drain: Drain,
    limits: Arc<Limits>,
    task: JoinHandle<()>,
}

impl Running {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        change(&mut config);
        let bound = Bound::new("127.0.0.1:0".parse().unwrap()).unwrap();
        let (address, drain) = (bound.address(), Drain::new());
        let app = Tiny::new(&drain);
        let server = Server::new(bound, app.clone(), &config, drain.clone());
        let limits = Arc::clone(&server.limits);
        let task = tokio::spawn(server.run());
        Self { address, app, drain, limits, task }
    }

    async fn connect(&self) -> Client {
        Client::connect(self.address).await
    }

    /// Everything the server answers to these bytes until it closes.
    async fn answer(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut client = self.connect().await;
        client.send(bytes).await;
        client.rest().await
    }

    /// Waits until so many connections are open.
    async fn until_open(&self, wanted: usize) {
        let counted = async {
            while self.limits.counts().0 != wanted {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, counted).await.expect("as many connections as that");
    }

    /// Drains to the end, after which no connection may be left.
    async fn stop(self) {
        self.drain.begin();
        timeout(PATIENCE, self.task).await.expect("the server ends").unwrap();
        assert_eq!(self.limits.counts(), (0, 0));
    }
}
