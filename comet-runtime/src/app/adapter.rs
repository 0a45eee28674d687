//! Where clients of other systems meet an app: what an adapter is, and what it may ask of the app.

#[cfg(feature = "frames")]
mod calls;
#[cfg(feature = "roots")]
mod channels;
#[cfg(feature = "openerp")]
mod held;

use std::fmt;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
#[cfg(any(feature = "openerp", feature = "roots", feature = "sijax"))]
use bytes::Bytes;
use http::request::Parts;

#[cfg(any(feature = "frames", feature = "roots"))]
use super::admit;
#[cfg(any(feature = "openerp", feature = "roots", feature = "sijax"))]
use super::input;
use super::service::Inner;
#[cfg(any(feature = "frames", feature = "roots"))]
use crate::auth::{User, check_origin};
use crate::error::Error;
use crate::router::Router;
#[cfg(feature = "frames")]
use crate::server::Takeover;
use crate::state::States;
#[cfg(feature = "roots")]
pub(crate) use channels::Home;

/// What lets clients of another system talk to an app, for [`App::adapt`](crate::App::adapt).
///
/// It is made of the types in [`compat`](crate::compat).
pub struct Adapter(Box<dyn Adapt>);

impl Adapter {
    pub(crate) fn new(adapt: impl Adapt + 'static) -> Self {
        Self(Box::new(adapt))
    }

    /// Gives the app what its handlers reach the adapter by; the name of what there was already.
    pub(super) fn provide(&self, states: &mut States) -> Option<&'static str> {
        self.0.provide(states)
    }

    /// Looks up what it serves, and says what does not fit.
    pub(super) fn bind(&mut self, router: &Router) -> Vec<String> {
        self.0.bind(router)
    }

    /// What it serves, a line each.
    pub(super) fn lines(&self, mount: &str) -> Vec<String> {
        self.0.lines(mount)
    }
}

impl fmt::Debug for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Another system's way to ask, over the handlers of an app.
pub(crate) trait Adapt: fmt::Debug + Send + Sync {
    /// Gives the app what its handlers reach the adapter by; the name of what there was already.
    fn provide(&self, _: &mut States) -> Option<&'static str> {
        None
    }

    /// Looks up what it was told to serve, and says what does not fit.
    fn bind(&mut self, router: &Router) -> Vec<String>;

    /// What it serves below the app's mount, a line each, for the log at the start.
    fn lines(&self, _mount: &str) -> Vec<String> {
        Vec::new()
    }

    /// Whether it may be asked about what is below Comet's own `/comet/` as well.
    fn is_among_own(&self) -> bool {
        false
    }

    /// Whether a request to this path, in normal form and below the mount, may be its own.
    fn claims(&self, parts: &Parts, path: &str) -> bool;

    /// Answers a request that it claims, or hands it back.
    fn answer<'a>(
        &'a self,
        host: Host<'a>,
        path: &'a str,
        parts: Parts,
        body: Body,
    ) -> Answering<'a>;
}

/// The answer to a request, or the request for somebody else.
pub(crate) type Answering<'a> =
    Pin<Box<dyn Future<Output = ControlFlow<Response, (Parts, Body)>> + Send + 'a>>;

/// Lets the adapters of an app answer a request first.
pub(super) async fn answer(
    app: &Arc<Inner>,
    path: &str,
    mut parts: Parts,
    mut body: Body,
) -> ControlFlow<Response, (Parts, Body)> {
    let is_own = path.starts_with("/comet/");
    #[cfg(feature = "frames")]
    let takeover = parts.extensions.get::<Takeover>().cloned();
    let host = Host {
        app,
        #[cfg(feature = "frames")]
        takeover: takeover.as_ref(),
    };
    for Adapter(adapter) in &app.adapters {
        if (!is_own || adapter.is_among_own()) && adapter.claims(&parts, path) {
            (parts, body) = adapter.answer(host, path, parts, body).await?;
        }
    }
    ControlFlow::Continue((parts, body))
}

/// An app as an adapter sees it while it answers a request.
#[derive(Clone, Copy)]
pub(crate) struct Host<'a> {
    app: &'a Arc<Inner>,
    #[cfg(feature = "frames")]
    takeover: Option<&'a Takeover>,
}

impl Host<'_> {
    /// Refuses a page of another site, before anything of its request is read.
    #[cfg(any(feature = "frames", feature = "roots"))]
    pub(crate) fn check_origin(self, parts: &Parts) -> Result<(), Error> {
        check_origin(parts, &self.app.config.origins)
    }

    /// Reads a body of at most `limit` bytes, of the app's own limit without one.
    #[cfg(any(feature = "openerp", feature = "roots", feature = "sijax"))]
    pub(crate) async fn read(self, body: Body, limit: Option<usize>) -> Result<Bytes, Error> {
        input::read(body, limit.unwrap_or(self.app.config.body_limit)).await
    }

    /// Lets a request in to something that is `closed` to strangers or not, and says whose it is.
    #[cfg(any(feature = "frames", feature = "roots"))]
    pub(crate) async fn admit(self, parts: &Parts, closed: bool) -> Result<Option<User>, Error> {
        admit::admit(self.app, parts, closed).await
    }
}
