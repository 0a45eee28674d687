//! One call up to its run: who may, with what. How the reply travels is for others to say.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum_core::body::Body;
use http::HeaderMap;
use http::request::Parts;
use http_body_util::Limited;
use tokio::time::Instant;
use tracing::Span;

use super::admit::admit;
use super::cursor;
use super::input::arguments;
use super::service::Inner;
use crate::arguments::Arguments;
use crate::auth::User;
use crate::call::{Call, Values};
use crate::error::Error;
use crate::log::{At, Cursor};
use crate::query;
use crate::registry::{Access, Endpoint, Hold, Shape};
use crate::router::Bound;
use crate::run::{self, Owner, Parked, Run, Work};
use crate::stay::Stay;

/// A call of an endpoint, by name or by route.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) app: &'a Inner,
    pub(super) bound: &'a Bound,
    pub(super) by_name: bool,
}

/// What a caller gives, or the body that it is in.
type Input = (Arguments, Option<Body>);

/// How a call begins.
pub(super) enum Started {
    /// Its caller has seen the end of it.
    Over,
    /// Its caller comes back to a run.
    Again(Run),
    New(Run, Owner),
}

impl Asked<'_> {
    /// Lets a call in and makes its run; the handler has done nothing yet.
    ///
    /// # Errors
    ///
    /// Whoever calls may not, or calls with what does not fit; 410 for the cursor of a run that is gone.
    pub(super) async fn start(
        &self,
        mut values: Values,
        parts: Parts,
        body: Body,
    ) -> Result<Started, Error> {
        let closed = self.endpoint().access == Access::User;
        let user = admit(self.app, &parts, closed).await?;
        let query = parts.uri.query().unwrap_or_default();
        values.query = query::owned(query);
        let owner = Owner {
            endpoint: self.endpoint().name(),
            user: user.as_ref().map(|user| user.id().to_owned()),
        };
        if let Some(started) = self.come_back(&parts.headers, &values, &owner)? {
            return Ok(started);
        }
        let stay = self.stay();
        let (mut arguments, body) = self.input(&parts, body).await?;
        if self.by_name {
            self.bound.fill(&mut values, &mut arguments)?;
        }
        Ok(Started::New(self.run(values, parts, (arguments, body), user, stay), owner))
    }

    /// Lets a call in whose arguments somebody else has read, and makes its run; the handler has done nothing yet.
    ///
    /// # Errors
    ///
    /// Whoever calls may not.
    #[cfg(feature = "openerp")]
    pub(super) async fn start_with(
        &self,
        mut values: Values,
        parts: Parts,
        arguments: Result<Arguments, Error>,
    ) -> Result<Run, Error> {
        let closed = self.endpoint().access == Access::User;
        let user = admit(self.app, &parts, closed).await?;
        let mut arguments = arguments?;
        self.bound.fill(&mut values, &mut arguments)?;
        Ok(self.run(values, parts, (arguments, None), user, self.stay()))
    }

    /// Lets the handler work until a stream of it begins, and hands it to a task if it outlives its connection.
    ///
    /// # Errors
    ///
    /// The handler's, before it has written anything; 503 when there are too many runs of that kind.
    pub(super) async fn begin(&self, mut run: Run, owner: Owner) -> Result<Run, Error> {
        let resume = self.endpoint().resume;
        // Asked for before the handler does anything that would be done in vain.
        let place = resume.map(|_| self.app.runs.reserve()).transpose()?;
        run = run.begun().await?;
        if let (Some(place), Some(patience)) = (place, resume) {
            run = self.app.runs.adopt(run, place, owner, patience);
        }
        Ok(run)
    }

    /// How long a request may wait for the handler.
    pub(super) fn hold(&self) -> Option<Duration> {
        match self.endpoint().hold {
            Hold::Free => None,
            Hold::App => Some(self.app.config.timeout),
            Hold::For(time) => Some(time),
        }
    }

    /// What ends the call from outside.
    fn stay(&self) -> Stay {
        // A time that no clock reaches is none.
        let until = self.hold().and_then(|hold| Instant::now().checked_add(hold));
        Stay { until, drain: Some(self.app.drain.clone()) }
    }

    /// What replies if the handler has not by then. Nothing of it is done before.
    fn late(
        &self,
        values: &Values,
        parts: &Parts,
        user: Option<&User>,
        stay: &Stay,
    ) -> Option<Work> {
        let late = self.endpoint().on_timeout?;
        let (parts, values, states) = (parts.clone(), values.clone(), self.app.states.clone());
        let call = Call::bare(parts, values, user.cloned(), states, stay.clone());
        Some(Work::new(late(call), Span::current()))
    }

    /// Whether the handler is let finish when the server goes away, while there is time: a stream of events has no end
    /// of its own, and who is cut off from a run that waits can come back.
    pub(super) fn is_let_finish(&self) -> bool {
        self.bound.signature.shape != Shape::Events && self.endpoint().resume.is_none()
    }

    pub(super) fn endpoint(&self) -> &'static Endpoint {
        self.bound.endpoint
    }

    /// What a client gets that was here before, if the request says so.
    fn come_back(
        &self,
        headers: &HeaderMap,
        values: &Values,
        owner: &Owner,
    ) -> Result<Option<Started>, Error> {
        let mut sent = cursor::texts(headers, values.query("cursor").next());
        // What is no cursor does not count.
        let Some(cursor) = sent.find_map(|text| text.parse::<Cursor>().ok()) else {
            return Ok(None);
        };
        match (cursor.at(), self.endpoint().resume) {
            (At::Done, _) => Ok(Some(Started::Over)),
            (At::Entry(epoch, offset), Some(_)) => {
                let run = self.app.runs.resume(epoch, offset, owner)?;
                Ok(Some(Started::Again(run)))
            }
            (At::Entry(..), None) => Ok(None),
        }
    }

    /// The arguments, or the body for a handler that takes it as it is.
    async fn input(&self, parts: &Parts, body: Body) -> Result<Input, Error> {
        let limit = self.endpoint().body_limit.unwrap_or(self.app.config.body_limit);
        Ok(match self.bound.signature.bodies.is_empty() {
            true => (arguments(parts, body, limit).await?, None),
            false => (Arguments::none(), Some(Body::new(Limited::new(body, limit)))),
        })
    }

    fn run(
        &self,
        values: Values,
        parts: Parts,
        (arguments, body): Input,
        user: Option<User>,
        stay: Stay,
    ) -> Run {
        let flow = match self.endpoint().resume {
            Some(_) => run::resumable_flow(),
            None => run::flow(),
        };
        let late = self.late(&values, &parts, user.as_ref(), &stay);
        let parked = stay.until.map(|until| Parked { until, late });
        let states = self.app.states.clone();
        let (arguments, body) = (Mutex::new(arguments), Mutex::new(body));
        let own = Some(Arc::clone(&flow));
        let call = Call { parts, values, user, states, flow: own, arguments, body, stay };
        let work = Work::new(self.endpoint().call(call), Span::current());
        Run::new(flow, work).parked(parked)
    }
}
