//! One connection, from its first byte to its last.

use std::future::{poll_fn, ready};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Request;
use hyper::server::conn::http1::{self, UpgradeableConnection};
use hyper::server::conn::http2;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use super::edge::{Answering, AppService, Edge, EdgeRules};
use super::first;
use super::limits::Permit;
use super::listen::hurry;
use super::polling::Polls;
use super::sniff::{Protocol, says_hello, sniff};
use super::socket::Socket;
use super::takeover::{Exit, Session};
use super::wire::{Wire, WireLimits};
use super::{Drain, farewell};
use crate::blocking::Tasks;
use crate::config::Config;
use crate::tls::Certificates;

/// Header fields hyper parses without asking for memory; the edge has the last word on their number.
const HYPER_MAX_HEADERS: usize = 100;

/// HTTP/2 streams of one connection at once; browsers want room for a hundred, and our own tests for 250.
const MAX_STREAMS: u32 = 256;

/// Streams that a client may open and reset before they are handled, until the connection is closed (CVE-2023-44487).
const MAX_PENDING_RESETS: usize = 20;

/// Streams that a client may make us reset by its errors, until the connection is closed (CVE-2025-8671).
const MAX_ERROR_RESETS: usize = 256;

/// HTTP/2 has no idle limit of its own: a peer that does not answer a ping for that long is gone.
const PING: Duration = Duration::from_secs(20);

/// How connections are served, once for all of them.
pub(super) struct Connections<S> {
    app: S,
    /// What is shown to clients; without it nothing is encrypted.
    certificates: Option<Arc<Certificates>>,
    http1: http1::Builder,
    http2: http2::Builder<Tasks>,
    wire: WireLimits,
    idle: Duration,
    rules: Arc<EdgeRules>,
    drain: Drain,
}

impl<S: AppService> Connections<S> {
    pub(super) fn new(
        app: S,
        config: &Config,
        certificates: Option<Arc<Certificates>>,
        drain: Drain,
    ) -> Self {
        Self {
            app,
            certificates,
            http1: http1_builder(config),
            http2: http2_builder(config),
            wire: WireLimits { header: config.header_timeout, write: config.write_timeout },
            idle: config.idle_timeout,
            rules: Arc::new(EdgeRules::of(config)),
            drain,
        }
    }

    /// Whether clients are spoken to before anything is encrypted.
    pub(super) fn are_plain(&self) -> bool {
        self.certificates.is_none()
    }

    /// Serves one connection; the permit is held as long as it is open.
    pub(super) async fn serve(
        self: Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        _permit: Permit,
    ) {
        // In a box that is gone by the time the connection is taken over, as a task keeps the room of all it has done.
        let mut after = Box::pin(self.speak(stream, peer)).await;
        while let Some(session) = after {
            let Some(wire) = session.await else { return };
            after = Box::pin(self.speak_http1(wire, peer, None)).await;
        }
    }

    /// Serves HTTP of either version to its end, or until the connection is taken over: then by what.
    async fn speak(&self, stream: TcpStream, peer: SocketAddr) -> Option<Session> {
        if let Err(error) = hurry(&stream) {
            tracing::debug!(%peer, %error, "cannot set TCP_NODELAY");
        }
        let deadline = Instant::now() + self.wire.header;
        let begun = tokio::select! {
            biased;
            begun = timeout_at(deadline, self.begin(stream)) => begun.ok()?,
            () = self.drain.begun() => return None,
        };
        let begun = begun.inspect_err(|error| tracing::debug!(%peer, %error, "connection closed"));
        let (socket, protocol, seen) = begun.ok()??;
        match protocol {
            Protocol::Http1 => {
                let first = first::read(&seen);
                let wire = Wire::http1(socket, seen, deadline, self.wire);
                self.speak_http1(wire, peer, first).await
            }
            Protocol::Http2 => {
                let wire = Wire::http2(socket, seen, self.wire);
                let edge = self.edge(&wire, peer);
                let connection = self.http2.serve_connection(TokioIo::new(wire), edge);
                let mut connection = Box::pin(connection);
                self.drive(connection.as_mut(), http2::Connection::graceful_shutdown, peer).await;
                None
            }
        }
    }

    /// Goes up to where it is clear what the client speaks; nothing comes of it when the client leaves before.
    async fn begin(&self, stream: TcpStream) -> io::Result<Option<(Socket, Protocol, BytesMut)>> {
        let mut socket = match &self.certificates {
            None => Socket::Plain(stream),
            Some(_) if !says_hello(&stream).await? => {
                farewell::to_https(stream).await;
                return Ok(None);
            }
            Some(certificates) => Socket::Tls(Box::new(certificates.accept(stream).await?)),
        };
        let sniffed = sniff(&mut socket).await?;
        Ok(sniffed.map(|(protocol, seen)| (socket, protocol, seen)))
    }

    fn edge(&self, wire: &Wire, peer: SocketAddr) -> Edge<S> {
        Edge::new(self.app.clone(), peer, &self.rules).encrypted(wire.is_encrypted())
    }

    /// Serves HTTP/1 from a request on, of which the first may be known.
    async fn speak_http1(
        &self,
        wire: Wire,
        peer: SocketAddr,
        first: Option<Request<()>>,
    ) -> Option<Session> {
        let exit = wire.exit();
        let mut edge = self.edge(&wire, peer).leaving_by(Arc::clone(&exit));
        if let Some(first) = first {
            match begun(&exit, edge.ask(first.into_parts().0, None)).await {
                None => return self.left(&exit, wire, &[]),
                Some(answering) => edge = edge.answering(answering),
            }
        }
        let mut http1 = self.http1.clone();
        http1.timer(wire.idle());
        let connection = http1.serve_connection(TokioIo::new(wire), edge).with_upgrades();
        let mut connection = Box::pin(connection);
        let driven =
            self.drive(connection.as_mut(), UpgradeableConnection::graceful_shutdown, peer);
        let (wire, read) = match until_clean(&exit, driven).await {
            Some(()) => upgraded(&exit).await?,
            None => {
                let parts = Pin::into_inner(connection).into_parts()?;
                (parts.io.into_inner(), parts.read_buf)
            }
        };
        self.left(&exit, wire, &read)
    }

    /// What goes on over a connection that hyper has given up, or never had.
    fn left(&self, exit: &Exit, wire: Wire, read: &[u8]) -> Option<Session> {
        if let Some(handed) = exit.held() {
            let (polls, hold) = Polls::new(wire, read, handed, self.idle, &self.drain);
            return Some(Box::pin(polls.serve(hold)));
        }
        exit.go_on(wire, read)
    }

    /// Runs a connection to its end. When draining begins it takes no further request.
    async fn drive<C>(
        &self,
        mut connection: Pin<&mut C>,
        finish: impl FnOnce(Pin<&mut C>),
        peer: SocketAddr,
    ) where
        C: Future<Output = hyper::Result<()>>,
    {
        let ended = tokio::select! {
            // What has come by then is a request that is still answered.
            biased;
            ended = connection.as_mut() => ended,
            () = self.drain.begun() => {
                finish(connection.as_mut());
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%peer, %error, "connection closed");
        }
    }
}

/// Begins to answer a request before there is hyper; `None` when that is not needed.
async fn begun(exit: &Exit, mut answering: Answering) -> Option<Answering> {
    exit.waits_for_hyper();
    let answered = poll_fn(|cx| Poll::Ready(answering.as_mut().poll(cx))).await;
    exit.hyper_begins();
    match answered {
        Poll::Ready(reply) => Some(Box::pin(ready(reply))),
        Poll::Pending => (!exit.is_left()).then_some(answering),
    }
}

/// Runs a connection of hyper's to its end; `None` when it can be taken over before.
async fn until_clean<T>(exit: &Exit, connection: impl Future<Output = T>) -> Option<T> {
    let mut connection = pin!(connection);
    poll_fn(|cx| match connection.as_mut().poll(cx) {
        Poll::Pending if exit.is_clean() => Poll::Ready(None),
        poll => poll.map(Some),
    })
    .await
}

/// The wire of a connection that has left HTTP, and what hyper has read of it, when it is for this task to go on with.
async fn upgraded(exit: &Exit) -> Option<(Wire, Bytes)> {
    let upgraded = exit.upgrade()?.await.ok()?;
    let parts = upgraded.downcast::<TokioIo<Wire>>().ok()?;
    Some((parts.io.into_inner(), parts.read_buf))
}

fn http1_builder(config: &Config) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        // By the clock of the connection's wire this is the limit for an idle one; that for a header is the wire's own.
        .header_read_timeout(config.idle_timeout)
        .max_header_size(config.max_header_bytes)
        .max_buf_size(config.max_header_bytes);
    if config.max_headers > HYPER_MAX_HEADERS {
        builder.max_headers(config.max_headers);
    }
    builder
}

fn http2_builder(config: &Config) -> http2::Builder<Tasks> {
    let mut builder = http2::Builder::new(Tasks);
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_pending_accept_reset_streams(MAX_PENDING_RESETS)
        .max_local_error_reset_streams(MAX_ERROR_RESETS)
        .max_header_list_size(u32::try_from(config.max_header_bytes).unwrap_or(u32::MAX))
        .max_send_buf_size(config.max_header_bytes)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING);
    builder
}
