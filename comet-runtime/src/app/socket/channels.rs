//! The channels of a session: followed, left and refused while it goes on.

use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::StatusCode;
use http::request::Parts;
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::io::{AsyncRead, AsyncWrite};

use super::request::Subscribe;
use crate::app::admit::{identify, require};
use crate::app::service::Inner;
use crate::app::subscriber::{Allowed, Subscriber};
use crate::app::wanted::MOST;
use crate::auth::User;
use crate::channel::{Cause, Follow, Named, Positions, Who};
use crate::error::Error;
use crate::log::Cursor;
use crate::registry::Access;
use crate::transport::websocket::{Close, Socket};
use crate::transport::{Fed, Feed, Outlet, Rhythm};

/// How many changes of its channels a client may have waiting.
const WAITING: usize = 16;

/// What a session follows.
pub(super) struct Channels {
    app: Arc<Inner>,
    /// The request that the client was let in by.
    parts: Arc<Parts>,
    /// As which client its followers see it.
    client: Option<String>,
    follow: Follow,
    waiting: VecDeque<Change>,
    asking: Option<Asking>,
    /// What it means when the first answer leaves no channel.
    without: Option<Close>,
    /// No channel is left, so the session ends when nothing else is.
    over: Option<Close>,
}

/// What a client comes with.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) first: Subscribe,
    /// The id that it made for itself.
    pub(super) client: Option<String>,
    /// What it leaves with when it gets no channel at all.
    pub(super) without: Option<Close>,
}

/// A change that a client wants of its channels.
#[derive(Debug)]
pub(super) enum Change {
    Subscribe(Subscribe),
    Unsubscribe(Vec<String>),
}

type Asking = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// What the guards have said.
struct Answer {
    user: Option<User>,
    allowed: Vec<Allowed>,
    refused: Vec<(String, Error)>,
    positions: Positions,
    history: usize,
}

#[derive(Serialize)]
struct Refused<'a> {
    channel: &'a str,
    reason: &'static str,
    problem: Option<&'a RawValue>,
}

impl Channels {
    /// The channels that a client comes for.
    pub(super) fn new(
        app: Arc<Inner>,
        parts: Arc<Parts>,
        Opening { first, client, without }: Opening,
    ) -> Self {
        let waiting = VecDeque::from([Change::Subscribe(first)]);
        let follow = Follow::new(Vec::new());
        Self { app, parts, client, follow, waiting, asking: None, without, over: None }
    }

    /// Whether another change may be asked for.
    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < WAITING
    }

    pub(super) fn change(&mut self, change: Change) {
        self.waiting.push_back(change);
    }

    /// Why the session ends, which calls may keep it from.
    pub(super) fn over(&self, has_calls: bool) -> Option<Close> {
        let is_kept = has_calls || self.asking.is_some() || !self.waiting.is_empty();
        // Who was cut off hears nothing of its other channels either until it has come back.
        self.over.filter(|_| !is_kept || self.follow.is_cut())
    }

    /// Says what there is to say; whether there was anything.
    pub(super) fn speak<I>(&mut self, socket: &mut Socket<I>, cx: &mut Context<'_>) -> bool
    where
        I: AsyncRead + AsyncWrite + Unpin,
    {
        if !self.follow.is_cut() && self.poll_change(&mut socket.outlet(), cx) {
            return true;
        }
        if self.over.is_some() || self.follow.len() == 0 {
            return false;
        }
        match Feed::poll(&mut self.follow, &mut socket.outlet(), cx) {
            Poll::Pending => return false,
            Poll::Ready(Fed::Written) => {}
            Poll::Ready(Fed::Shared(frame)) => socket.share(frame),
            Poll::Ready(Fed::Ended) => {
                self.over = Some(match self.follow.ended() {
                    Some(Cause::Slow) => Close::SLOW,
                    Some(Cause::Unknown) => Close::LATER,
                    Some(Cause::Closed) => Close::DONE,
                    Some(Cause::Revoked) | None => Close::REFUSED,
                });
            }
        }
        true
    }

    /// Says what is left, as the server goes away, and follows nothing any more.
    pub(super) fn leave(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) {
        let ended = self.over.is_some() || self.follow.len() > 0 && self.follow.leave(out, cx);
        if !ended {
            out.bye();
        }
        self.follow = Follow::new(Vec::new());
        (self.asking, self.over) = (None, Some(Close::LEAVING));
        self.waiting.clear();
    }

    /// One change; whether there was one to tell of.
    fn poll_change(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> bool {
        loop {
            if let Some(asking) = &mut self.asking {
                let Poll::Ready(answer) = asking.as_mut().poll(cx) else { return false };
                self.asking = None;
                self.answer(answer, out);
                return true;
            }
            match self.waiting.pop_front() {
                None => return false,
                Some(Change::Subscribe(wanted)) => self.asking = Some(self.ask(wanted)),
                Some(Change::Unsubscribe(names)) => {
                    let normal = |name: &String| {
                        self.app
                            .directory
                            .find(name)
                            .map_or_else(|_| name.clone(), |named| named.name)
                    };
                    let names: Vec<String> = names.iter().map(normal).collect();
                    self.follow.stop(&names);
                    self.hello(out);
                    return true;
                }
            }
        }
    }

    /// Asks the guards of the channels that are not followed yet.
    fn ask(&self, wanted: Subscribe) -> Asking {
        let (app, parts) = (Arc::clone(&self.app), Arc::clone(&self.parts));
        let client = self.client.clone();
        let followed = self.follow.names().map(str::to_owned).collect();
        Box::pin(async move { ask(&app, &parts, client.as_deref(), followed, wanted).await })
    }

    fn answer(&mut self, answer: Answer, out: &mut Outlet<'_>) {
        let (app, parts) = (&self.app, &self.parts);
        let subscriber = subscriber(app, parts, answer.user, self.client.as_deref());
        let followed: Vec<_> = self.follow.epochs().collect();
        let (lines, _) =
            subscriber.lines(&answer.positions, answer.history, answer.allowed, &followed);
        if !lines.is_empty() {
            self.over = None;
        }
        self.follow.add(lines);
        self.hello(out);
        for (channel, error) in &answer.refused {
            error.log();
            let problem = error.problem();
            let problem = serde_json::from_slice(&problem).ok();
            out.say("closed", &Refused { channel, reason: "refused", problem });
        }
        let without = self.without.take();
        if self.follow.len() == 0 && without.is_some() {
            out.say_at(&Cursor::DONE, "done", &());
            self.over = without;
        }
    }

    fn hello(&mut self, out: &mut Outlet<'_>) {
        let rhythm = Rhythm { heartbeat: self.app.config.heartbeat, resume: None };
        self.follow.hello(rhythm, out);
    }
}

/// Asks who the client is now, and then each channel's guard.
async fn ask(
    app: &Arc<Inner>,
    parts: &Parts,
    client: Option<&str>,
    mut followed: HashSet<String>,
    wanted: Subscribe,
) -> Answer {
    let Subscribe { names, positions, history } = wanted;
    let (user, unknown) = match identify(app, parts).await {
        Ok(user) => (user, None),
        Err(error) => (None, Some(error)),
    };
    let mut refused = Vec::new();
    let mut allowed = Vec::new();
    let subscriber = subscriber(app, parts, user, client);
    for name in names {
        let asked = match (app.directory.find(&name), &unknown) {
            (Ok(_), Some(error)) => Err(Error::new(error.status(), error.to_string())),
            (Ok(named), None) if followed.contains(&named.name) => continue,
            (Ok(_), None) if followed.len() == MOST => Err(too_many()),
            (Ok(named), None) => {
                followed.insert(named.name.clone());
                admitted(&subscriber, named).await
            }
            (Err(error), _) => Err(error),
        };
        match asked {
            Ok(channel) => allowed.push(channel),
            Err(error) => refused.push((name, error)),
        }
    }
    Answer { user: subscriber.user, allowed, refused, positions, history }
}

fn subscriber<'a>(
    app: &'a Arc<Inner>,
    parts: &'a Parts,
    user: Option<User>,
    client: Option<&str>,
) -> Subscriber<'a> {
    let who = Who::asking(user.as_ref().map(User::id), client, false);
    Subscriber { app, parts, user, who }
}

async fn admitted(subscriber: &Subscriber<'_>, named: Named) -> Result<Allowed, Error> {
    if named.declaration.access == Access::User {
        require(subscriber.user.as_ref())?;
    }
    subscriber.ask(Arc::new(named)).await
}

fn too_many() -> Error {
    let detail = format!("a connection follows at most {MOST} channels");
    Error::new(StatusCode::BAD_REQUEST, detail)
}
