//! One request to an endpoint: who may, with what, and how the reply travels.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum_core::body::Body;
use axum_core::response::Response;
use comet_route::{Place, Route};
use http::HeaderMap;
use http::request::Parts;
use http_body_util::Limited;
use tracing::Span;

use super::admit::admit;
use super::input::arguments;
use super::service::Inner;
use crate::arguments::Arguments;
use crate::auth::User;
use crate::call::{Call, Values};
use crate::error::Error;
use crate::flow::Flow;
use crate::log::{At, Cursor};
use crate::registry::{Access, Endpoint, Hold, Shape};
use crate::reply::{Outcome, Value};
use crate::router::Bound;
use crate::run::{self, Owner, Run, Work};
use crate::transport::{self, Ending, Rhythm, StreamBody, Transport, negotiate, problem};

/// Answers a request to an endpoint, in the caller's own transport whatever happens. A call by name has no values of a
/// route.
pub(super) async fn dispatch(
    app: &Inner,
    bound: &Bound,
    values: Option<Values>,
    parts: Parts,
    body: Body,
) -> Response {
    let transport = match negotiate(bound.signature.shape, &parts) {
        Ok(transport) => transport,
        Err(error) => return problem(None, &error),
    };
    let by_name = values.is_none();
    let values = values.unwrap_or_default();
    let request = Incoming { app, bound, transport, by_name };
    let answered = request.answer(values, parts, body).await;
    answered.unwrap_or_else(|error| problem(Some(transport), &error))
}

/// A request on its way through the checks.
struct Incoming<'a> {
    app: &'a Inner,
    bound: &'a Bound,
    transport: Transport,
    by_name: bool,
}

impl Incoming<'_> {
    async fn answer(
        &self,
        mut values: Values,
        parts: Parts,
        body: Body,
    ) -> Result<Response, Error> {
        let closed = self.endpoint().access == Access::User;
        let user = admit(self.app, &parts, closed).await?;
        let query = parts.uri.query().unwrap_or_default();
        values.query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let owner = Owner {
            endpoint: self.endpoint().name(),
            user: user.as_ref().map(|user| user.id().to_owned()),
        };
        if let Some(response) = self.come_back(&parts.headers, &values, &owner)? {
            return Ok(response);
        }
        let flow = match self.endpoint().resume {
            Some(_) => run::resumable_flow(),
            None => run::flow(),
        };
        let call = self.call(values, parts, body, user, Arc::clone(&flow)).await?;
        let work = Work::new((self.endpoint().call)(call), Span::current());
        let run = Run::new(flow, work);
        match self.transport {
            Transport::Json => self.reply_once(run).await,
            _ => self.reply_streamed(run, owner).await,
        }
    }

    fn endpoint(&self) -> &'static Endpoint {
        self.bound.endpoint
    }

    /// Answers a client that was here before, if the request says so.
    fn come_back(
        &self,
        headers: &HeaderMap,
        values: &Values,
        owner: &Owner,
    ) -> Result<Option<Response>, Error> {
        let Some(cursor) = cursor(headers, values) else { return Ok(None) };
        match (cursor.at(), self.endpoint().resume) {
            // Only 204 keeps a browser's own EventSource from calling a handler again that has finished.
            (At::Done, _) => Ok(Some(guarded(Outcome::new(Value::Empty).into_response()))),
            (At::Entry(epoch, offset), Some(_)) => {
                let run = self.app.runs.resume(epoch, offset, owner)?;
                Ok(Some(self.stream(run)))
            }
            (At::Entry(..), None) => Ok(None),
        }
    }

    async fn call(
        &self,
        mut values: Values,
        parts: Parts,
        body: Body,
        user: Option<User>,
        flow: Arc<Flow>,
    ) -> Result<Call, Error> {
        let limit = self.app.config.body_limit;
        let (mut arguments, body) = if self.bound.signature.takes_body {
            (Arguments::none(), Some(Body::new(Limited::new(body, limit))))
        } else {
            (arguments(&parts, body, limit).await?, None)
        };
        if self.by_name {
            self.fill(&mut values, &mut arguments)?;
        }
        let states = self.app.states.clone();
        let (arguments, body) = (Mutex::new(arguments), Mutex::new(body));
        Ok(Call { parts, values, user, states, flow, arguments, body })
    }

    /// What the route would say comes first among the arguments of a call by name.
    fn fill(&self, values: &mut Values, arguments: &mut Arguments) -> Result<(), Error> {
        for placeholder in self.bound.routes.first().map_or(&[][..], Route::names) {
            let into = match placeholder.place() {
                Place::Query => &mut values.query,
                Place::Path | Place::Rest => &mut values.path,
            };
            let texts = arguments.take_texts(placeholder.name())?;
            into.extend(texts.into_iter().map(|text| (placeholder.name().to_owned(), text)));
        }
        Ok(())
    }

    async fn reply_once(&self, run: Run) -> Result<Response, Error> {
        let collected = run.collect(REPLY_LIMIT);
        let collected = match self.hold() {
            Some(hold) => self.park(hold, collected).await,
            None => Some(collected.await),
        };
        // Nothing happened while the request was parked.
        let Some(collected) = collected else {
            return Ok(guarded(Outcome::new(Value::Empty).into_response()));
        };
        let (written, outcome) = collected?;
        Ok(match self.bound.signature.shape {
            Shape::Once => guarded(outcome.into_response()),
            shape => transport::collected(shape, &written),
        })
    }

    /// Waits for a parked handler, but not longer than its hold, and not when the server goes away.
    async fn park<T>(&self, hold: Duration, handler: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = handler => Some(done),
            () = tokio::time::sleep(hold) => None,
            () = self.app.drain.begun() => None,
        }
    }

    fn hold(&self) -> Option<Duration> {
        match self.endpoint().hold {
            Hold::Free => None,
            Hold::App => Some(self.app.config.timeout),
            Hold::For(time) => Some(time),
        }
    }

    async fn reply_streamed(&self, mut run: Run, owner: Owner) -> Result<Response, Error> {
        let resume = self.endpoint().resume;
        // Asked for before the handler does anything that would be done in vain.
        let place = resume.map(|_| self.app.runs.reserve()).transpose()?;
        match run.begin().await {
            Some(Err(error)) if !run.has_written() => return Err(error),
            Some(result) => run.finish(result),
            None => {}
        }
        if let (Some(place), Some(patience)) = (place, resume) {
            run = self.app.runs.adopt(run, place, owner, patience);
        }
        Ok(self.stream(run))
    }

    fn stream(&self, run: Run) -> Response {
        let rhythm =
            Rhythm { heartbeat: self.app.config.heartbeat, resume: self.endpoint().resume };
        let ending: Ending = match (self.bound.signature.shape, rhythm.resume) {
            // Work on a page is let finish while there is time; a stream of events has no end of its own.
            (Shape::Page | Shape::Once, None) => Box::pin(self.app.drain.ended()),
            _ => Box::pin(self.app.drain.begun()),
        };
        transport::stream(self.transport, StreamBody::new(self.transport, run, rhythm, ending))
    }
}

/// The most that is collected for one JSON reply, in bytes.
const REPLY_LIMIT: usize = 16 * 1024 * 1024;

fn guarded(mut response: Response) -> Response {
    transport::guard(response.headers_mut());
    response
}

/// The cursor that a request comes with; what is no cursor does not count. A browser that reconnects by itself repeats
/// the URL it began with, so its header is the newer of the two.
fn cursor(headers: &HeaderMap, values: &Values) -> Option<Cursor> {
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let mut texts = header.into_iter().chain(values.query("cursor").next());
    texts.find_map(|text| text.parse().ok())
}
