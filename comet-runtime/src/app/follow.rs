//! `GET {mount}/comet/events`: following channels, over whichever transport the caller takes.

use std::collections::HashSet;
use std::sync::Arc;

use axum_core::response::Response;
use http::request::Parts;
use http::{Method, StatusCode};

use super::admit::admit;
use super::direct;
use super::poll::poll;
use super::polls::Caller;
use super::recycling::recycling;
use super::service::Inner;
use super::socket::upgrade;
use super::subscriber::{Allowed, Subscriber};
use super::waiting::Waiting;
use super::wanted::{Start, Wanted};
use crate::auth::{User, check_origin};
use crate::channel::{Follow, Positions, Who};
use crate::error::Error;
use crate::log::Cursor;
use crate::registry::{Access, Shape};
use crate::reply::{Outcome, Value};
use crate::server::Takeover;
use crate::transport::{
    self, Callback, Rhythm, StreamBody, Transport, negotiate, problem, websocket,
};

/// A page of any site can read what a script gets, with its visitor's cookies.
const NOT_BY_SCRIPT: &str =
    "JSONP is for public channels only; follow this one by another transport";

/// Answers a request for channels.
pub(super) async fn follow(app: &Arc<Inner>, parts: &Parts) -> Response {
    if websocket::is_asked(parts) {
        // In a box, as long polls that wait would have its room as well.
        return Box::pin(upgrade(app, parts.clone())).await;
    }
    let subscribing = match Subscribing::new(app, parts) {
        Ok(subscribing) => subscribing,
        Err(error) => return problem(None, &error),
    };
    let answered = subscribing.answer(parts).await;
    answered.unwrap_or_else(|error| subscribing.refuse(&error))
}

struct Subscribing<'a> {
    app: &'a Arc<Inner>,
    transport: Transport,
    /// What a script is answered with: a call.
    script: Option<Callback>,
}

impl<'a> Subscribing<'a> {
    fn new(app: &'a Arc<Inner>, parts: &Parts) -> Result<Self, Error> {
        let script = Callback::asked(parts)?;
        let transport = match script {
            Some(_) => Transport::Json,
            None => negotiate(Shape::Events, parts)?,
        };
        Ok(Self { app, transport, script })
    }

    async fn answer(&self, parts: &Parts) -> Result<Response, Error> {
        let wanted = Wanted::read(parts)?.some()?;
        let Start::After(positions) = &wanted.start else {
            return Ok(self.at_end());
        };
        let named = wanted.channels.iter().map(|name| self.app.directory.find(name));
        let mut named = named.collect::<Result<Vec<_>, _>>()?;
        if named.len() > 1 {
            let mut seen = HashSet::new();
            named.retain(|named| seen.insert(named.name.clone()));
        }
        // A page of another site shows nobody as there, whatever cookies its visitor has.
        if self.script.is_none() && named.iter().any(|named| named.declaration.presence.is_some()) {
            check_origin(parts, &self.app.config.origins)?;
        }
        let closed = named.iter().any(|named| named.declaration.access == Access::User);
        let user = match &self.script {
            None => admit(self.app, parts, closed).await?,
            // Whoever's cookies the script comes with, it is a stranger.
            Some(_) if closed => return Err(Error::new(StatusCode::FORBIDDEN, NOT_BY_SCRIPT)),
            Some(_) => None,
        };
        let client = wanted.polling.client.as_deref();
        let passes = self.transport == Transport::Json;
        let who = Who::asking(user.as_ref().map(User::id), client, passes);
        let subscriber = Subscriber { app: self.app, parts, user, who };
        let mut allowed = Vec::new();
        for named in named {
            allowed.push(subscriber.ask(named).await?);
        }
        let history = self.history(&wanted, &allowed);
        let (lines, known) = subscriber.lines(positions, history, allowed, &[]);
        let follow = Follow::new(lines).by(subscriber.user.as_ref().map(User::id));
        Ok(match self.transport {
            Transport::Json => {
                let waits = known && !wanted.present;
                let waiting =
                    waits.then(|| self.waiting(&wanted, positions, subscriber.user.as_ref()));
                self.reply(poll(self.app, follow, waiting).await)
            }
            _ => self.stream(parts, follow, wanted.recycle),
        })
    }

    /// How many of the newest entries a caller without a position begins with. Where there is nothing but images, one is
    /// shown at once.
    fn history(&self, wanted: &Wanted, allowed: &[Allowed]) -> usize {
        match (self.transport, allowed) {
            (Transport::Multipart, [Allowed { named, .. }])
                if named.declaration.media.is_some() =>
            {
                1
            }
            _ => wanted.history,
        }
    }

    /// How a long poll waits.
    fn waiting(&self, wanted: &Wanted, positions: &Positions, user: Option<&User>) -> Waiting<'a> {
        let caller = wanted.polling.client.clone().map(|client| Caller {
            client,
            user: user.map(|user| user.id().to_owned()),
            cursor: positions.to_string(),
        });
        let place = caller.map(|caller| self.app.polls.take(caller));
        wanted.polling.granted(&self.app.config, place)
    }

    /// A long poll's reply.
    fn reply(&self, json: Vec<u8>) -> Response {
        match &self.script {
            Some(callback) => callback.call(&json),
            None => transport::json(json),
        }
    }

    /// The reply to a caller that has seen the end.
    fn at_end(&self) -> Response {
        match &self.script {
            Some(callback) => callback.call(&transport::polled(b"", &Cursor::DONE, &[])),
            // An `EventSource` comes back until it is told to stop.
            None => Outcome::new(Value::Empty).into_response(),
        }
    }

    fn refuse(&self, error: &Error) -> Response {
        match &self.script {
            Some(callback) => callback.fail(error),
            None => problem(Some(self.transport), error),
        }
    }

    fn stream(&self, parts: &Parts, follow: Follow, recycle: Option<usize>) -> Response {
        let rhythm = Rhythm { heartbeat: self.app.config.heartbeat, resume: None };
        let ending = Box::pin(self.app.drain.begun());
        let recycling = recycling(&self.app.config, self.transport, recycle);
        let body = StreamBody::new(self.transport, follow, rhythm, ending).recycled(recycling);
        match parts.extensions.get::<Takeover>().filter(|_| parts.method != Method::HEAD) {
            Some(takeover) => direct::stream(self.transport, body, takeover),
            None => transport::stream(self.transport, body),
        }
    }
}
