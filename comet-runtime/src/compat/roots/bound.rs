//! Roots at its URLs: which requests are its own, and how they are answered.

use std::ops::ControlFlow;
use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use comet_route::Route;
use http::Method;
use http::request::Parts;

use super::dudley::Dudley;
use super::firenze::Firenze;
use super::polling::{Polling, Waits};
use super::session::Session;
use super::sessions::Sessions;
use super::token::Asked;
use crate::app::{Adapt, Answering, Host};
use crate::error::Error;
use crate::router::Router;
use crate::state::States;
use crate::transport::{self, problem};

#[derive(Debug)]
pub(super) struct Mount {
    url: String,
    dudley: Option<Dudley>,
    waits: Waits,
    sessions: Arc<Sessions>,
}

impl Mount {
    pub(super) fn new(
        url: String,
        dudley: Option<String>,
        piecemeal: bool,
        waits: Waits,
        sessions: Sessions,
    ) -> Self {
        let sessions = Arc::new(sessions);
        let dudley = dudley.map(|url| Dudley::new(url, piecemeal, Arc::clone(&sessions)));
        Self { url, dudley, waits, sessions }
    }

    /// What a client asks for, if a request is a poll.
    fn asked<'p>(&self, parts: &Parts, path: &'p str) -> Option<Asked<'p>> {
        let rest = path.strip_prefix(self.url.trim_end_matches('/'))?;
        Asked::read(rest).filter(|_| parts.method == Method::GET)
    }

    async fn poll(&self, host: Host<'_>, parts: Parts, asked: Asked<'_>) -> Result<Bytes, Error> {
        host.check_origin(&parts)?;
        let user = host.admit(&parts, false).await?.map(|user| user.id().to_owned());
        let Some((session, seen)) = self.known(&asked, user.as_deref()) else {
            let session = self.sessions.open(host.home(), parts, user)?;
            let reply = session.state().queue.nothing(&session.id);
            return Ok(reply);
        };
        let drain = host.drain();
        Ok(Polling::begin(session, parts, seen).reply(self.waits, &drain).await)
    }

    /// The session that a client comes back to. Somebody else's is as one that is not there.
    fn known(&self, asked: &Asked<'_>, user: Option<&str>) -> Option<(Arc<Session>, Option<u64>)> {
        let Asked::GoOn(id, seen) = asked else { return None };
        let session = self.sessions.find(id)?;
        (session.user.as_deref() == user).then_some((session, *seen))
    }
}

impl Adapt for Mount {
    fn provide(&self, states: &mut States) -> Option<&'static str> {
        let firenze = Firenze(Arc::clone(&self.sessions));
        (!states.insert(firenze)).then_some(std::any::type_name::<Firenze>())
    }

    fn bind(&mut self, _: &Router) -> Vec<String> {
        let dudley = self.dudley.as_ref().map(|dudley| ("dudley", dudley.url()));
        let urls = [("Roots::at", &*self.url)].into_iter().chain(dudley);
        let findings = urls.filter_map(|(what, url)| {
            let wrong = match Route::parse(url) {
                Ok(route) if route.names().is_empty() && route.query().is_empty() => return None,
                Ok(_) => "it is one URL: write it without placeholders and query".to_owned(),
                Err(error) => error.render(url),
            };
            Some(format!("in `{what}(\"{url}\")`: {wrong}"))
        });
        findings.collect()
    }

    fn is_among_own(&self) -> bool {
        true
    }

    fn lines(&self, mount: &str) -> Vec<String> {
        let mount = mount.trim_end_matches('/');
        let polls = format!("Roots: polls at {mount}{}/", self.url.trim_end_matches('/'));
        let dudley =
            self.dudley.as_ref().map(|dudley| format!("Roots: updates at {mount}{}", dudley.url()));
        [polls].into_iter().chain(dudley).collect()
    }

    fn claims(&self, parts: &Parts, path: &str) -> bool {
        self.dudley.as_ref().is_some_and(|dudley| dudley.claims(parts, path))
            || self.asked(parts, path).is_some()
    }

    fn answer<'a>(
        &'a self,
        host: Host<'a>,
        path: &'a str,
        parts: Parts,
        body: Body,
    ) -> Answering<'a> {
        Box::pin(async move {
            if let Some(dudley) = self.dudley.as_ref().filter(|dudley| dudley.claims(&parts, path))
            {
                return ControlFlow::Break(dudley.answer(host, &parts, body).await);
            }
            let Some(asked) = self.asked(&parts, path) else {
                return ControlFlow::Continue((parts, body));
            };
            let reply = self.poll(host, parts, asked).await;
            ControlFlow::Break(reply.map_or_else(|error| refuse(&error), transport::json))
        })
    }
}

pub(super) fn refuse(error: &Error) -> Response {
    problem(None, error)
}
