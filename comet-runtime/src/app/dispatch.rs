//! One request to an endpoint, and how the reply travels.

use axum_core::body::Body;
use axum_core::response::Response;
use http::request::Parts;

use super::direct;
use super::once::Once;
use super::recycling::recycling;
use super::service::Inner;
use super::start::{Asked, Started};
use crate::call::Values;
use crate::error::Error;
use crate::registry::Shape;
use crate::reply::{Outcome, Value};
use crate::router::Bound;
use crate::run::Run;
use crate::server::{Takeover, detach};
use crate::transport::{self, Ending, Rhythm, StreamBody, Transport, negotiate, problem};

/// Answers a request to an endpoint, in the caller's own transport whatever happens. A call by name has no values of a
/// route.
pub(super) async fn dispatch(
    app: &Inner,
    bound: &Bound,
    values: Option<Values>,
    mut parts: Parts,
    body: Body,
) -> Response {
    let takeover = Takeover::of(&mut parts);
    let transport = match negotiate(bound.signature.shape, &parts) {
        Ok(transport) => transport,
        Err(error) => return problem(None, &error),
    };
    let asked = Asked { app, bound, by_name: values.is_none() };
    if transport != Transport::Json {
        detach(&mut parts);
    }
    let replying = Replying { asked, transport, takeover };
    let answered = replying.answer(values.unwrap_or_default(), parts, body).await;
    answered.unwrap_or_else(|error| problem(Some(transport), &error))
}

/// A call whose reply takes a transport.
struct Replying<'a> {
    asked: Asked<'a>,
    transport: Transport,
    takeover: Option<Takeover>,
}

impl Replying<'_> {
    async fn answer(&self, values: Values, parts: Parts, body: Body) -> Result<Response, Error> {
        match self.asked.start(values, parts, body).await? {
            // Only 204 keeps a browser's own EventSource from calling a handler again that has finished.
            Started::Over => Ok(guarded(Outcome::new(Value::Empty).into_response())),
            Started::Again(run) => Ok(self.stream(run)),
            Started::New(run, _) if self.transport == Transport::Json => self.reply_once(run).await,
            Started::New(run, owner) => Ok(self.stream(self.asked.begin(run, owner).await?)),
        }
    }

    async fn reply_once(&self, run: Run) -> Result<Response, Error> {
        Ok(match (self.asked.collect(run).await?, self.asked.bound.signature.shape) {
            (Once::Late(late), _) => guarded(late.into_response()),
            (Once::Done(_, outcome), Shape::Once) => guarded(outcome.into_response()),
            (Once::Done(written, _), shape) => transport::collected(shape, &written),
        })
    }

    fn stream(&self, run: Run) -> Response {
        let Asked { app, .. } = self.asked;
        let rhythm =
            Rhythm { heartbeat: app.config.heartbeat, resume: self.asked.endpoint().resume };
        let ending: Ending = match self.asked.is_let_finish() {
            true => Box::pin(app.drain.ended()),
            false => Box::pin(app.drain.begun()),
        };
        let mut body = StreamBody::new(self.transport, run, rhythm, ending);
        // A run that does not wait for its client would end with the stream.
        if rhythm.resume.is_some() {
            body = body.recycled(recycling(&app.config, self.transport, None));
        }
        direct::stream(self.transport, body, self.takeover.clone(), direct::SOON)
    }
}

fn guarded(mut response: Response) -> Response {
    transport::guard(response.headers_mut());
    response
}
