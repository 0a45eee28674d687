//! `GET {mount}/comet/events`: following channels, over whichever transport the caller takes.

use std::sync::Arc;
use std::time::Duration;

use axum_core::response::Response;
use bytes::Bytes;
use http::Method;
use http::request::Parts;

use super::asked::Asked;
use super::cursor::LAST_EVENT_ID;
use super::direct;
use super::poll::at_once;
use super::recycling::recycling;
use super::repeat::Repeat;
use super::service::Inner;
use super::socket::upgrade;
use super::wanted::{Start, Wanted};
use crate::channel::Follow;
use crate::error::Error;
use crate::log::Cursor;
use crate::registry::Shape;
use crate::reply::{Outcome, Value};
use crate::server::{Holding, Takeover};
use crate::transport::{
    self, Callback, Rhythm, StreamBody, Transport, negotiate, problem, websocket,
};

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
        let mut wanted = Wanted::read(parts)?.some()?;
        // Whoever asks again has another one.
        let Start::After(positions) = std::mem::replace(&mut wanted.start, Start::Done) else {
            return Ok(self.at_end());
        };
        let asked = Asked::find(self.app, wanted, self.transport, self.script.is_some())?;
        let following = asked.follow(self.app, parts, &positions).await?;
        if self.transport != Transport::Json {
            return Ok(self.stream(parts, following.follow, asked.wanted.recycle));
        }
        if !asked.waits(&following) {
            return Ok(self.reply(at_once(following.follow).await));
        }
        let held = asked.hold(self.app, following, &positions);
        match self.holding(parts) {
            Some(holding) => {
                Repeat::hold(holding, self.app, parts, asked, held);
                Ok(self.reply(Bytes::new()))
            }
            None => Ok(self.reply(held.reply(&self.app.drain).await)),
        }
    }

    /// The server's offer to hold a poll, for one that says with its cursor alone where it goes on.
    fn holding<'p>(&self, parts: &'p Parts) -> Option<&'p Holding> {
        let plain = self.script.is_none()
            && parts.method != Method::HEAD
            && !parts.headers.contains_key(LAST_EVENT_ID);
        parts.extensions.get::<Holding>().filter(|holding| plain && holding.is_open())
    }

    /// A long poll's reply.
    fn reply(&self, json: impl Into<Bytes>) -> Response {
        let json = json.into();
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
        let takeover = parts.extensions.get::<Takeover>().cloned();
        direct::stream(self.transport, body, takeover, Duration::ZERO)
    }
}
