//! What is between readers and the app: nothing, or sockets on which connections break.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum_core::response::Response;
use tokio::time::advance;

use super::super::Tested;
use super::super::connection::{idle, over};
use super::super::parse::Transport;
use super::proxy::{Fault, connect};
use super::random::Random;
use crate::app::tests::socket;
use crate::config::Config;
use crate::server::{Bound, Drain, serve};

/// How schedules are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// The service is called in this thread, on paused time.
    InProcess,
    /// A server listens on the loopback, for HTTP or for HTTPS, and a second of the schedule is a hundredth.
    Sockets { encrypted: bool },
}

impl Ground {
    /// A time of the schedule.
    pub(super) fn time(self, millis: usize) -> Duration {
        let millis = Duration::from_millis(millis as u64);
        match self {
            Self::InProcess => millis,
            Self::Sockets { .. } => millis / 100,
        }
    }

    /// Lets a time of the schedule pass.
    pub(super) async fn pass(self, millis: usize) {
        match self {
            Self::InProcess => advance(self.time(millis)).await,
            Self::Sockets { .. } => tokio::time::sleep(self.time(millis)).await,
        }
    }

    /// How long a reader looks for what may be on its way.
    pub(super) fn patience(self, transport: Transport) -> Duration {
        match (self, transport) {
            // Its session has a task of its own, which is waited for.
            (Self::InProcess, Transport::WebSocket) => Duration::from_millis(1),
            (Self::InProcess, _) => Duration::ZERO,
            (Self::Sockets { .. }, _) => Duration::from_millis(2),
        }
    }
}

/// A response on its way; `None` when the connection breaks before its head has come.
pub(super) type Asked = Pin<Box<dyn Future<Output = Option<Response>>>>;

/// The way to the app.
pub(super) struct Network {
    app: Tested,
    /// Where it listens, if it does.
    listening: Option<SocketAddr>,
    encrypted: bool,
    /// What goes wrong on the way is no part of the schedule, which is the same on every ground.
    faults: Option<Random>,
}

impl Network {
    pub(super) fn new(app: Tested, ground: Ground, seed: u64) -> Self {
        let encrypted = ground == Ground::Sockets { encrypted: true };
        let listening = (ground != Ground::InProcess).then(|| {
            let bound = Bound::new("127.0.0.1:0".parse().unwrap()).unwrap();
            #[cfg(feature = "tls")]
            let bound = bound.shows(encrypted.then(crate::tls::tests::certificates));
            let address = bound.address();
            let service = app.service.clone();
            // It ends with the schedule's runtime.
            tokio::spawn(
                async move { serve(bound, service, &Config::default(), Drain::new()).await },
            );
            address
        });
        Self { app, listening, encrypted, faults: Some(Random::new(!seed)) }
    }

    /// From now on nothing breaks.
    pub(super) fn heal(&mut self) {
        self.faults = None;
    }

    /// Asks the app, which hears of it before this is over, unless the connection breaks. Of a reader that comes for
    /// the `first` time no reply is held back for ever: the schedule waits for it.
    pub(super) async fn ask(
        &mut self,
        request: http::request::Builder,
        transport: Transport,
        first: bool,
    ) -> Asked {
        let Some(address) = self.listening else {
            if transport == Transport::WebSocket {
                let response = over(socket::connect(&self.app).0, request).await;
                idle().await;
                return Box::pin(std::future::ready(response));
            }
            let app = self.app.clone();
            let mut asked: Asked = Box::pin(async move { Some(app.send(request, "").await) });
            return match asked.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(response) => Box::pin(std::future::ready(response)),
                Poll::Pending => asked,
            };
        };
        let fault = self.faults.as_mut().map_or(Fault::None, |random| Fault::any(random, first));
        Box::pin(over(connect(address, self.encrypted, fault).await, request))
    }
}
