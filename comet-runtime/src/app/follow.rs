//! `GET {mount}/comet/events`: following channels, over whichever transport the caller takes.

use std::collections::HashSet;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum_core::response::Response;
use http::StatusCode;
use http::request::Parts;

use super::admit::admit;
use super::service::Inner;
use super::wanted::{Start, Wanted};
use crate::arguments::Arguments;
use crate::auth::User;
use crate::call::{Call, Values};
use crate::channel::{AskAgain, Follow, From, Line, Named, Node, Positions, Verdict, hub};
use crate::error::Error;
use crate::log::Cursor;
use crate::registry::{Access, Shape};
use crate::reply::{Outcome, Value};
use crate::run;
use crate::transport::{
    self, Fed, Feed, Outlet, Rhythm, StreamBody, Transport, negotiate, problem,
};

/// How long a long poll is held when its caller does not say.
const HOLD: Duration = Duration::from_secs(25);

/// How many bytes a long poll's reply has before it is full; the rest comes with the next one.
const FULL: usize = 256 * 1024;

/// Answers a request for channels.
pub(super) async fn follow(app: &Arc<Inner>, parts: Parts) -> Response {
    let transport = match negotiate(Shape::Events, &parts) {
        Ok(transport) => transport,
        Err(error) => return problem(None, &error),
    };
    let answered = Subscribing { app, transport }.answer(parts).await;
    answered.unwrap_or_else(|error| problem(Some(transport), &error))
}

struct Subscribing<'a> {
    app: &'a Arc<Inner>,
    transport: Transport,
}

impl Subscribing<'_> {
    async fn answer(&self, parts: Parts) -> Result<Response, Error> {
        let wanted = Wanted::read(&parts)?;
        let Start::After(positions) = &wanted.start else {
            // An `EventSource` comes back until it is told to stop.
            return Ok(Outcome::new(Value::Empty).into_response());
        };
        let named = wanted.channels.iter().map(|name| self.app.directory.find(name));
        let mut named = named.collect::<Result<Vec<_>, _>>()?;
        let mut seen = HashSet::new();
        named.retain(|named| seen.insert(named.name.clone()));
        let closed = named.iter().any(|named| named.declaration.access == Access::User);
        let user = admit(self.app, &parts, closed).await?;
        let mut allowed = Vec::new();
        for named in named {
            let verdict = (named.declaration.guard)(call(self.app, &parts, &user, &named)).await?;
            allowed.push((named, verdict));
        }
        let (lines, known) = self.lines(&wanted, positions, allowed, &parts, user.as_ref());
        let follow = Follow::new(lines);
        Ok(match self.transport {
            Transport::Json => {
                let hold = wanted.timeout.unwrap_or(HOLD).min(self.app.config.timeout);
                self.poll(follow, known.then_some(hold)).await
            }
            _ => self.stream(follow),
        })
    }

    /// The channels, each from where the caller stopped, and whether it has a position in all of them.
    fn lines(
        &self,
        wanted: &Wanted,
        positions: &Positions,
        allowed: Vec<(Named, Verdict)>,
        parts: &Parts,
        user: Option<&User>,
    ) -> (Vec<Line>, bool) {
        let nodes = allowed.iter().map(|(named, _)| hub().node(&named.name, named.declaration));
        let nodes: Vec<Arc<Node>> = nodes.collect();
        let strange = positions.has_other_than(nodes.iter().map(|node| node.log.epoch()));
        let known =
            strange || nodes.iter().all(|node| positions.in_log(node.log.epoch()).is_some());
        let lines = allowed.into_iter().zip(nodes).map(|((named, verdict), node)| {
            let from = match positions.in_log(node.log.epoch()) {
                Some(offset) => From::After(offset),
                // A position that belongs to none of the channels may have been this one's, before it began anew.
                None if strange => From::Elsewhere,
                None if wanted.history > 0 => From::Last(wanted.history),
                None => From::Now,
            };
            let again = ask_again(self.app, parts, user, named);
            Line::new(node, user.map(User::id), from).rechecked(verdict, again)
        });
        (lines.collect(), known)
    }

    fn stream(&self, follow: Follow) -> Response {
        let rhythm = Rhythm { heartbeat: self.app.config.heartbeat, resume: None };
        let ending = Box::pin(self.app.drain.begun());
        let body = StreamBody::new(self.transport, follow, rhythm, ending);
        transport::stream(self.transport, body)
    }

    /// One reply with what there is; a caller that has a position waits for it. One that has not gets it at once.
    async fn poll(&self, mut follow: Follow, hold: Option<Duration>) -> Response {
        let (mut lines, mut over) = (Vec::new(), false);
        let something = poll_fn(|cx| {
            over = take(&mut follow, &mut lines, cx);
            if over || hold.is_none() || !lines.is_empty() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        });
        tokio::select! {
            biased;
            () = something => {}
            () = tokio::time::sleep(hold.unwrap_or_default()) => {}
            () = self.app.drain.begun() => {}
        }
        if over && follow.is_over() {
            return transport::polled(&lines, &Cursor::DONE);
        }
        transport::polled(&lines, follow.positions())
    }
}

/// Everything that is there by now, a line each; whether that was the end.
fn take(follow: &mut Follow, lines: &mut Vec<u8>, cx: &mut Context<'_>) -> bool {
    while lines.len() < FULL {
        let mut out = Outlet { transport: Transport::Ndjson, bytes: lines };
        match Feed::poll(follow, &mut out, cx) {
            Poll::Ready(Fed::Written) => {}
            Poll::Ready(Fed::Shared(bytes)) => lines.extend_from_slice(&bytes),
            Poll::Ready(Fed::Ended) => return true,
            Poll::Pending => return false,
        }
    }
    false
}

/// The call that a guard sees: the request with the channel's parameters as its path values.
fn call(app: &Inner, parts: &Parts, user: &Option<User>, named: &Named) -> Call {
    let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    Call {
        parts: parts.clone(),
        values: Values { path: named.values.clone(), query: query.into_owned().collect() },
        user: user.clone(),
        states: app.states.clone(),
        flow: run::flow(),
        arguments: Mutex::new(Arguments::none()),
        body: Mutex::new(None),
    }
}

/// Asks a guard once more, from the caller's credentials on: they may have run out as well.
fn ask_again(app: &Arc<Inner>, parts: &Parts, user: Option<&User>, named: Named) -> AskAgain {
    let (app, parts) = (Arc::clone(app), parts.clone());
    let known = user.map(|user| user.id().to_owned());
    let named = Arc::new(named);
    Box::new(move || {
        let (app, parts, named, known) =
            (Arc::clone(&app), parts.clone(), Arc::clone(&named), known.clone());
        Box::pin(async move {
            let closed = named.declaration.access == Access::User;
            let user = admit(&app, &parts, closed).await?;
            if user.as_ref().map(|user| user.id().to_owned()) != known {
                return Err(Error::new(StatusCode::UNAUTHORIZED, "somebody else is signed in now"));
            }
            (named.declaration.guard)(call(&app, &parts, &user, &named)).await
        })
    })
}
