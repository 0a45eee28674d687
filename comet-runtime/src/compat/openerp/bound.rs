//! web_longpolling at one prefix: which requests are its own, and how they are answered.

use std::ops::ControlFlow;
use std::time::Duration;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use comet_route::Route;
use http::request::Parts;
use http::{Method, StatusCode};

use super::get_path;
use super::mount::LongPolling;
use super::request::arguments;
use super::timed_out::TimedOut;
use crate::app::{Adapt, Answering, Host};
use crate::error::Error;
use crate::registry::Hold;
use crate::reply::{Outcome, Value};
use crate::router::{Match, Router};
use crate::transport::{guard, problem};

#[derive(Debug)]
pub(super) struct Mount {
    /// Without a slash at its end.
    prefix: String,
    timed_out: TimedOut,
    error_delay: Duration,
    /// The app's handlers that hold their requests.
    held: Router,
}

impl Mount {
    pub(super) fn new(polling: LongPolling) -> Self {
        let LongPolling { prefix, timed_out, error_delay } = polling;
        Self { prefix: prefix.into_owned(), timed_out, error_delay, held: Router::default() }
    }

    /// The handler for a path with the prefix. A route in which its author has written the prefix already has it once.
    fn find(&self, method: &Method, path: &str) -> Option<Result<Match<'_>, Error>> {
        let below = self.below(path)?;
        let is_twice = !self.prefix.is_empty() && self.below(below).is_some();
        self.held_at(method, path)
            .or_else(|| (!is_twice).then(|| self.held_at(method, below)).flatten())
    }

    fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.prefix.as_str()).filter(|rest| rest.starts_with('/'))
    }

    /// Any method will do where none was asked for.
    fn held_at(&self, method: &Method, path: &str) -> Option<Result<Match<'_>, Error>> {
        match self.held.at(method, path)? {
            Err(error) if error.status() == StatusCode::METHOD_NOT_ALLOWED => {
                let read = self.held.at(&Method::GET, path).filter(Result::is_ok);
                Some(read.unwrap_or(Err(error)))
            }
            found => Some(found),
        }
    }

    async fn answer(
        &self,
        host: Host<'_>,
        path: &str,
        parts: Parts,
        body: Body,
    ) -> ControlFlow<Response, (Parts, Body)> {
        if path == get_path::PATH {
            return ControlFlow::Break(get_path::answer(host, &self.prefix, body).await);
        }
        let Some(found) = self.find(&parts.method, path) else {
            return ControlFlow::Continue((parts, body));
        };
        let version = parts.version;
        let reply = match found {
            Ok(found) => wait(host, found, parts).await,
            Err(error) => Err(error),
        };
        ControlFlow::Break(match reply {
            Ok(Some(outcome)) => told(outcome),
            Ok(None) => self.timed_out.response(version),
            Err(error) => {
                host.pause(self.error_delay).await;
                problem(None, &error)
            }
        })
    }
}

async fn wait(
    host: Host<'_>,
    (bound, values): Match<'_>,
    parts: Parts,
) -> Result<Option<Outcome>, Error> {
    let arguments = arguments(parts.uri.query().unwrap_or_default(), &values);
    host.wait(bound, values, parts, arguments).await
}

/// What a handler has returned. The client takes a reply without a body for an error.
fn told(outcome: Outcome) -> Response {
    let outcome = match outcome.value {
        Value::Empty => Outcome::new(Value::Json(Bytes::from_static(b"null"))),
        _ => outcome,
    };
    let mut response = outcome.into_response();
    guard(response.headers_mut());
    response
}

impl Adapt for Mount {
    fn bind(&mut self, router: &Router) -> Vec<String> {
        let here = format!("in `LongPolling::at(\"{}\")`", self.prefix);
        let finding = match Route::parse(&self.prefix) {
            Ok(route) if route.is_reserved() => {
                Some(format!("{here}: Comet itself has what is below `/comet`"))
            }
            Ok(route) if !route.names().is_empty() => Some(format!(
                "{here}: the prefix is the same for every request, so it has no placeholders"
            )),
            Ok(_) => None,
            Err(error) => Some(format!("{here}: {}", error.render(&self.prefix))),
        };
        if self.prefix == "/" {
            self.prefix.clear();
        }
        for (_, _, bound) in router.routes() {
            if bound.endpoint.hold != Hold::Free {
                // One with several routes comes several times, and is there by the first.
                self.held.add(bound);
            }
        }
        finding.into_iter().collect()
    }

    fn lines(&self, mount: &str) -> Vec<String> {
        let (mount, prefix) = (mount.trim_end_matches('/'), &self.prefix);
        let rules = self.held.routes().map(|(_, route, bound)| {
            let path = self.below(route.path()).unwrap_or(route.path());
            format!("long polling: `{}` at {mount}{prefix}{path}", bound.endpoint.handler)
        });
        rules.collect()
    }

    fn claims(&self, parts: &Parts, path: &str) -> bool {
        match path == get_path::PATH {
            true => parts.method == Method::POST,
            false => self.find(&parts.method, path).is_some(),
        }
    }

    fn answer<'a>(
        &'a self,
        host: Host<'a>,
        path: &'a str,
        parts: Parts,
        body: Body,
    ) -> Answering<'a> {
        Box::pin(self.answer(host, path, parts, body))
    }
}
