//! The app as a service: what stands where below the mount.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
#[cfg(feature = "compat")]
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Request, StatusCode, header};
use tracing::{Instrument, Span};

#[cfg(feature = "compat")]
use super::adapter::{self, Adapter};
use super::checks::Plan;
use super::cors::Cors;
use super::dispatch::dispatch;
use super::files::Files;
use super::listing::{Listing, contributions};
use super::own;
use super::polls::Polls;
use super::publish::Receipts;
#[cfg(feature = "sijax")]
use crate::auth::PageToken;
use crate::auth::{HostRule, SharedAuthenticator};
use crate::channel::{Declaration, Directory, hub};
use crate::config::Config;
use crate::error::Error;
use crate::random;
use crate::registry::Endpoint;
use crate::reply::{Outcome, Value};
use crate::router::Router;
use crate::run::Runs;
use crate::server::{Drain, REQUEST_ID};
use crate::state::States;
use crate::transport::problem;

/// A built app: a [`tower`](https://docs.rs/tower-service) service over `http` types that never fails.
///
/// It mounts in an axum router as `.fallback_service(service)`. Clones share everything.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

pub(super) struct Inner {
    pub(super) router: Router,
    pub(super) directory: Directory,
    pub(super) states: States,
    pub(super) authenticator: Option<SharedAuthenticator>,
    pub(super) csrf: bool,
    #[cfg(feature = "compat")]
    pub(super) adapters: Vec<Adapter>,
    files: Vec<Files>,
    pub(super) config: Arc<Config>,
    pub(super) runs: Runs,
    pub(super) polls: Polls,
    pub(super) receipts: Receipts,
    pub(super) drain: Drain,
    hosts: Option<HostRule>,
    endpoints: Vec<&'static Endpoint>,
    channels: Vec<&'static Declaration>,
}

impl Service {
    pub(super) fn new(
        router: Router,
        directory: Directory,
        plan: Plan,
        files: Vec<Files>,
        config: Arc<Config>,
    ) -> Self {
        #[cfg(feature = "compat")]
        let adapters = plan.adapters;
        let Plan { endpoints, channels, states, authenticator, csrf, .. } = plan;
        let (runs, drain) = (Runs::new(config.runs), Drain::new());
        hub().allow(config.max_channels);
        let (receipts, hosts) = (Receipts::default(), None);
        Self(Arc::new(Inner {
            router,
            directory,
            states,
            authenticator,
            csrf,
            #[cfg(feature = "compat")]
            adapters,
            files,
            config,
            runs,
            polls: Polls::default(),
            receipts,
            drain,
            hosts,
            endpoints,
            channels,
        }))
    }

    /// The service as our own server serves it: it hears of the drain, and answers to known hosts only.
    pub(super) fn served_by(self, drain: Drain, hosts: HostRule) -> Self {
        match Arc::try_unwrap(self.0) {
            Ok(inner) => Self(Arc::new(Inner { drain, hosts: Some(hosts), ..inner })),
            // A clone of a service that nobody has served yet cannot be anywhere.
            Err(shared) => Self(shared),
        }
    }

    /// Logs one line for each crate that has handlers or channels, and one for each route, name and channel.
    pub(super) fn announce(&self) {
        for line in contributions(&self.0.endpoints, &self.0.channels) {
            tracing::info!("{line}");
        }
        for row in self.0.listing().lines() {
            tracing::info!("{row}");
        }
        #[cfg(feature = "compat")]
        for line in self.0.adapters.iter().flat_map(|adapter| adapter.lines(&self.0.config.mount)) {
            tracing::info!("{line}");
        }
    }
}

impl<B> tower_service::Service<Request<B>> for Service
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let inner = Arc::clone(&self.0);
        let (parts, body) = request.into_parts();
        let body = Body::new(body);
        Box::pin(async move {
            let id = random::id();
            let span = span(&id, &parts.method, parts.uri.path());
            let mut response = inner.answer(parts, body).instrument(span).await;
            if let Ok(id) = HeaderValue::try_from(id) {
                response.headers_mut().insert(REQUEST_ID, id);
            }
            Ok(response)
        })
    }
}

/// What the log says around a request.
pub(super) fn span(id: &str, method: &Method, path: &str) -> Span {
    tracing::info_span!("call", %id, %method, path)
}

impl Inner {
    /// What the app has.
    pub(super) fn listing(&self) -> Listing {
        Listing::of(&self.endpoints, &self.channels, &self.config.mount)
    }

    async fn answer(self: &Arc<Self>, parts: Parts, body: Body) -> Response {
        match Cors::of(&parts, &self.config.origins) {
            None => self.answer_below_mount(parts, body).await,
            Some(cors) => {
                let answer = match cors.preflight() {
                    Some(answer) => answer,
                    None => self.answer_below_mount(parts, body).await,
                };
                cors.permit(answer)
            }
        }
    }

    async fn answer_below_mount(self: &Arc<Self>, parts: Parts, body: Body) -> Response {
        if let Some(Err(error)) = self.hosts.as_ref().map(|hosts| hosts.check(&parts)) {
            return problem(None, &error);
        }
        let path = comet_route::normalize_path(parts.uri.path()).into_owned();
        let mount = self.config.mount.trim_end_matches('/');
        let Some(path) = below(&path, mount) else {
            return match path == mount {
                true => with_slash(mount, parts.uri.query()),
                false => problem(None, &self.router.nothing_at(&path)),
            };
        };
        #[cfg(feature = "compat")]
        let (parts, body) = match adapter::answer(self, path, parts, body).await {
            ControlFlow::Break(response) => return response,
            ControlFlow::Continue(request) => request,
        };
        if let Some(name) = path.strip_prefix("/comet/") {
            return own::answer(self, name, parts, body).await;
        }
        #[cfg(feature = "sijax")]
        let (parts, token) = PageToken::offer(parts, self.csrf);
        let response = self.answer_at(path, parts, body).await;
        #[cfg(feature = "sijax")]
        let response = token.hand_over(response, &self.config.mount);
        response
    }

    async fn answer_at(self: &Arc<Self>, path: &str, parts: Parts, body: Body) -> Response {
        match self.router.at(&parts.method, path) {
            Some(Ok((bound, values))) => {
                // In a box, as all requests that wait would have its room as well.
                Box::pin(dispatch(self, bound, Some(values), parts, body)).await
            }
            found => self.answer_elsewhere(path, found.and_then(Result::err), &parts).await,
        }
    }

    /// A file, the methods of a path, or why there is nothing.
    async fn answer_elsewhere(
        &self,
        path: &str,
        refused: Option<Error>,
        parts: &Parts,
    ) -> Response {
        let allowed = self.router.methods_at(path);
        if parts.method == Method::OPTIONS && !allowed.is_empty() {
            let mut response = Outcome::new(Value::Empty).into_response();
            if let Ok(allowed) = HeaderValue::try_from(allowed.join(", ")) {
                response.headers_mut().insert(header::ALLOW, allowed);
            }
            return response;
        }
        for files in &self.files {
            let Some(rest) = files.below(path) else { continue };
            if let Some(response) = files.serve(request_for(rest, parts)).await {
                return response;
            }
        }
        problem(None, &refused.unwrap_or_else(|| self.router.nothing_at(path)))
    }
}

/// The path below the mount, from its slash on.
fn below<'p>(path: &'p str, mount: &str) -> Option<&'p str> {
    path.strip_prefix(mount).filter(|rest| rest.starts_with('/'))
}

/// Leads to the mount with its slash, without which the links of its page would point beside it.
fn with_slash(mount: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let outcome = Outcome::new(Value::Empty).with_status(StatusCode::PERMANENT_REDIRECT);
    let mut response = outcome.into_response();
    if let Ok(location) = HeaderValue::try_from(format!("{mount}/{query}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The request for a file: only its head, with a path below the directory.
fn request_for(path: &str, parts: &Parts) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = parts.method.clone();
    request.headers_mut().clone_from(&parts.headers);
    if let Ok(uri) = path.parse() {
        *request.uri_mut() = uri;
    }
    request
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("router", &self.0.router).finish_non_exhaustive()
    }
}
