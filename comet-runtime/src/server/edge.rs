//! What is checked of every request before the app sees it, and what is added to it.

use std::convert::Infallible;
use std::future::{pending, poll_fn, ready};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum_core::body::Body;
use http::header::{CONNECTION, CONTENT_TYPE, HeaderName};
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode, Version};
use http_body::Body as _;
use hyper::body::Incoming;
use tower_service::Service;

use super::body::SlowBody;
use super::hold::Holding;
use super::takeover::{Exit, Reply, Takeover};
use crate::auth::{Authority, PeerAddr, Scheme};
use crate::config::{Config, Network};
use crate::error::Error;

const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// What the server serves: a tower service over axum's body, as axum's own routers are.
pub(crate) trait AppService:
    Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send>
    + Clone
    + Send
    + Sync
    + Unpin
    + 'static
{
}

impl<S> AppService for S where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send>
        + Clone
        + Send
        + Sync
        + Unpin
        + 'static
{
}

/// The settings the edge works by.
#[derive(Debug)]
pub(super) struct EdgeRules {
    max_headers: usize,
    body_timeout: Duration,
    proxies: Vec<Network>,
}

impl EdgeRules {
    pub(super) fn of(config: &Config) -> Self {
        Self {
            max_headers: config.max_headers,
            body_timeout: config.body_timeout,
            proxies: config.proxies.clone(),
        }
    }

    /// Refuses what no request may be, whatever app there is.
    fn check(&self, parts: &Parts) -> Result<(), Error> {
        if parts.headers.len() > self.max_headers {
            let detail = format!("the request has more than {} header fields", self.max_headers);
            return Err(Error::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, detail));
        }
        Authority::of(parts).map(drop)
    }

    /// The scheme the browser used, if the peer is a proxy that tells.
    fn scheme(&self, parts: &Parts, peer: SocketAddr) -> Option<Scheme> {
        let told = parts.headers.get(X_FORWARDED_PROTO)?.as_bytes();
        if !self.proxies.iter().any(|network| network.contains(peer.ip())) {
            return None;
        }
        match told {
            b"https" => Some(Scheme::Https),
            b"http" => Some(Scheme::Http),
            _ => None,
        }
    }
}

/// The app as one connection calls it.
pub(super) struct Edge<S> {
    app: S,
    peer: SocketAddr,
    /// What the connection itself tells of the scheme.
    scheme: Option<Scheme>,
    rules: Arc<EdgeRules>,
    exit: Option<Arc<Exit>>,
    /// The answer to the first request, where somebody has asked already.
    first: Mutex<Option<Answering>>,
}

/// A reply to come.
pub(super) type Answering =
    Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl<S: AppService> Edge<S> {
    pub(super) fn new(app: S, peer: SocketAddr, rules: &Arc<EdgeRules>) -> Self {
        let (rules, first) = (Arc::clone(rules), Mutex::default());
        Self { app, peer, scheme: None, rules, exit: None, first }
    }

    /// The same for a connection that may be encrypted.
    pub(super) fn encrypted(mut self, encrypted: bool) -> Self {
        self.scheme = encrypted.then_some(Scheme::Https);
        self
    }

    /// The same for a connection that may leave hyper.
    pub(super) fn leaving_by(mut self, exit: Arc<Exit>) -> Self {
        self.exit = Some(exit);
        self
    }

    /// The same that has answered the first request.
    pub(super) fn answering(mut self, first: Answering) -> Self {
        self.first = Mutex::new(Some(first));
        self
    }

    fn admit(&self, mut parts: Parts, body: Option<Incoming>) -> Result<Request<Body>, Error> {
        self.rules.check(&parts)?;
        parts.extensions.insert(PeerAddr(self.peer));
        if let Some(scheme) = self.rules.scheme(&parts, self.peer).or(self.scheme) {
            parts.extensions.insert(scheme);
        }
        let read = body.is_some().then(Arc::<AtomicBool>::default);
        if let Some(exit) = &self.exit {
            self.offer(exit, read.clone(), &mut parts);
        }
        let body = match body.zip(read) {
            None => Body::empty(),
            Some((body, read)) => Body::new(SlowBody::new(body, self.rules.body_timeout, read)),
        };
        Ok(Request::from_parts(parts, body))
    }

    /// Asks the app, if the request may be one.
    pub(super) fn ask(&self, parts: Parts, body: Option<Incoming>) -> Answering {
        let version = parts.version;
        let request = match self.admit(parts, body) {
            Ok(request) => request,
            Err(error) => return Box::pin(ready(Ok(answer(&error, version)))),
        };
        let mut app = self.app.clone();
        let exit = self.exit.clone();
        Box::pin(async move {
            poll_fn(|cx| app.poll_ready(cx)).await?;
            let reply = app.call(request).await?;
            let Some(exit) = exit else { return Ok(reply) };
            if exit.wants_head() {
                exit.leave_with(reply.into_parts().0.headers);
                // hyper is dropped, and this with it.
                return pending().await;
            }
            if reply.status() == StatusCode::SWITCHING_PROTOCOLS {
                exit.happens();
            }
            Ok(reply)
        })
    }

    /// Lets the app know how the connection may leave hyper for this request.
    fn offer(&self, exit: &Arc<Exit>, read: Option<Arc<AtomicBool>>, parts: &mut Parts) {
        let exit = Arc::downgrade(exit);
        let reply = Reply { chunked: parts.version == Version::HTTP_11, lasts: lasts(parts) };
        let takeover = Takeover { exit, read, reply };
        if reply.lasts {
            parts.extensions.insert(Holding(takeover.clone()));
        }
        parts.extensions.insert(takeover);
    }
}

impl<S: AppService> hyper::service::Service<Request<Incoming>> for Edge<S> {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        first.unwrap_or_else(|| {
            let (parts, body) = request.into_parts();
            let body = Some(body).filter(|body| !body.is_end_stream());
            self.ask(parts, body)
        })
    }
}

/// Whether a connection stays open after a request as far as its client is concerned (RFC 9112 section 9.3).
fn lasts(parts: &Parts) -> bool {
    let wishes = parts.headers.get_all(CONNECTION).iter().map(HeaderValue::as_bytes);
    let mut options = wishes.flat_map(|wish| wish.split(|byte| *byte == b','));
    parts.version == Version::HTTP_11
        && !options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
}

/// The problem, after which the connection closes: whoever sent such a request may mean the next bytes otherwise too.
fn answer(error: &Error, version: Version) -> Response<Body> {
    error.log();
    let mut reply = Response::new(Body::from(error.problem()));
    *reply.status_mut() = error.status();
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if version < Version::HTTP_2 {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    reply
}
