//! `GET {mount}/comet/events`: following channels, over whichever transport the caller takes.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use axum_core::response::Response;
use http::StatusCode;
use http::request::Parts;

use super::admit::admit;
use super::service::Inner;
use crate::arguments::Arguments;
use crate::auth::User;
use crate::call::{Call, Values};
use crate::channel::{
    AskAgain, Delivery, Follow, From, Line, Named, Node, Positions, Verdict, deliver, hub,
};
use crate::error::Error;
use crate::registry::{Access, Shape};
use crate::run;
use crate::transport::{self, Outlet, Rhythm, StreamBody, Transport, negotiate, problem};

/// More channels than one stream may have.
const MOST: usize = 64;

/// How long a long poll is held when its caller does not say.
const HOLD: Duration = Duration::from_secs(25);

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

/// What a request for channels says in its query.
#[derive(Debug, Default)]
struct Wanted {
    channels: Vec<String>,
    cursor: Option<String>,
    history: u64,
    timeout: Option<Duration>,
}

impl Wanted {
    fn read(parts: &Parts) -> Result<Self, Error> {
        let mut wanted = Self::default();
        let query = parts.uri.query().unwrap_or_default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "channel" => wanted.channels.push(value.into_owned()),
                "cursor" => wanted.cursor = Some(value.into_owned()),
                "history" => wanted.history = number("history", &value)?,
                "timeout" => {
                    wanted.timeout = Some(Duration::from_millis(number("timeout", &value)?));
                }
                _ => {}
            }
        }
        // A browser that reconnects by itself repeats the URL it began with, so its header is the newer of the two.
        let header = parts.headers.get("last-event-id").and_then(|value| value.to_str().ok());
        if let Some(header) = header.filter(|id| !id.is_empty()) {
            wanted.cursor = Some(header.to_owned());
        }
        match wanted.channels.len() {
            0 => Err(bad("name the channels to follow: ?channel=…&channel=…".to_owned())),
            1..=MOST => Ok(wanted),
            many => Err(bad(format!("a stream has at most {MOST} channels, not {many}"))),
        }
    }
}

fn number(key: &str, value: &str) -> Result<u64, Error> {
    value.parse().map_err(|_| bad(format!("`{key}` is a number, not `{}`", value.escape_default())))
}

fn bad(detail: String) -> Error {
    Error::new(StatusCode::BAD_REQUEST, detail)
}

impl Subscribing<'_> {
    async fn answer(&self, parts: Parts) -> Result<Response, Error> {
        let wanted = Wanted::read(&parts)?;
        let named = wanted.channels.iter().map(|name| self.app.directory.find(name));
        let mut named = named.collect::<Result<Vec<_>, _>>()?;
        named.dedup_by(|one, other| one.name == other.name);
        let closed = named.iter().any(|named| named.declaration.access == Access::User);
        let user = admit(self.app, &parts, closed).await?;
        let mut allowed = Vec::new();
        for named in named {
            let verdict = (named.declaration.guard)(call(self.app, &parts, &user, &named)).await?;
            allowed.push((named, verdict));
        }
        let follow = Follow::new(self.lines(&wanted, allowed, &parts, user.as_ref()));
        match self.transport {
            Transport::Json => self.poll(follow, &wanted).await,
            _ => Ok(self.stream(follow)),
        }
    }

    fn lines(
        &self,
        wanted: &Wanted,
        allowed: Vec<(Named, Verdict)>,
        parts: &Parts,
        user: Option<&User>,
    ) -> Vec<Line> {
        let nodes = allowed.iter().map(|(named, _)| hub().node(&named.name, named.declaration));
        let nodes: Vec<Arc<Node>> = nodes.collect();
        let positions = wanted.cursor.as_deref().map(Positions::read).unwrap_or_default();
        let strange = positions.has_other_than(nodes.iter().map(|node| node.log.epoch()));
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
        lines.collect()
    }

    fn stream(&self, follow: Follow) -> Response {
        let rhythm = Rhythm { heartbeat: self.app.config.heartbeat, resume: None };
        let ending = Box::pin(self.app.drain.begun());
        let body = StreamBody::new(self.transport, follow, rhythm, ending);
        transport::stream(self.transport, body)
    }

    /// One reply with what there is; a caller that has a position waits for it.
    async fn poll(&self, mut follow: Follow, wanted: &Wanted) -> Result<Response, Error> {
        let mut events = Vec::new();
        let hold = wanted.timeout.unwrap_or(HOLD).min(self.app.config.timeout);
        if wanted.cursor.is_some() || wanted.history > 0 {
            tokio::select! {
                biased;
                first = poll_fn(|cx| follow.poll_next(cx)) => {
                    self.gather(&mut follow, first, &mut events).await;
                }
                () = tokio::time::sleep(hold) => {}
                () = self.app.drain.begun() => {}
            }
        }
        Ok(transport::polled(&events, &follow.positions().to_string()))
    }

    /// Everything that is there by now.
    async fn gather(
        &self,
        follow: &mut Follow,
        first: Option<Delivery>,
        events: &mut Vec<Vec<u8>>,
    ) {
        let mut next = first;
        while let Some(delivery) = next {
            let mut bytes = Vec::new();
            let mut out = Outlet { transport: Transport::Json, bytes: &mut bytes };
            deliver(follow, delivery, &mut out);
            events.push(bytes);
            next = poll_fn(|cx| Poll::Ready(ready(follow.poll_next(cx)))).await;
        }
    }
}

fn ready<T>(polled: Poll<Option<T>>) -> Option<T> {
    match polled {
        Poll::Ready(ready) => ready,
        Poll::Pending => None,
    }
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
