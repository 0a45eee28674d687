//! The channels of a session: followed, left and refused while it goes on.

use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::StatusCode;
use http::request::Parts;
use serde::Serialize;
use serde_json::value::RawValue;

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
use crate::transport::websocket::{Carrier, Close, Socket};
use crate::transport::{Aside, Fed, Feed, Manner, Outlet, Rhythm, Sink, Transport};

/// How many of a client's messages may wait for the guards of those before.
const WAITING: usize = 16;

/// What a session follows.
pub(super) struct Channels {
    app: Arc<Inner>,
    /// The request that the client was let in by.
    parts: Arc<Parts>,
    /// As which client its followers see it.
    client: Option<String>,
    follow: Follow,
    waiting: VecDeque<Wanted>,
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

/// Channels to take up, each by what the client calls it.
struct Wanted {
    named: Vec<(String, Result<Named, Error>)>,
    positions: Positions,
    history: usize,
}

/// Guards that are being asked.
struct Asking {
    /// The channels that are still wanted when they answer.
    names: Vec<String>,
    answer: Pin<Box<dyn Future<Output = Answer> + Send>>,
}

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
        let waiting = VecDeque::from([Wanted::find(&app, first)]);
        let follow = Follow::new(Vec::new());
        Self { app, parts, client, follow, waiting, asking: None, without, over: None }
    }

    /// Takes up channels, when the guards of those before have answered.
    pub(super) fn subscribe(&mut self, wanted: Subscribe, out: &mut Outlet<'_>) {
        if self.waiting.len() < WAITING {
            self.waiting.push_back(Wanted::find(&self.app, wanted));
        } else {
            let refused = wanted.names.into_iter().map(|name| (name, too_soon()));
            self.tell(&refused.collect::<Vec<_>>(), out);
        }
    }

    /// Leaves channels at once, whatever guards are being asked.
    pub(super) fn unsubscribe(&mut self, names: Vec<String>, out: &mut Outlet<'_>) {
        let normal = |name: String| self.app.directory.find(&name).map_or(name, |found| found.name);
        let names: Vec<String> = names.into_iter().map(normal).collect();
        for wanted in &mut self.waiting {
            wanted.named.retain(|(name, named)| !names.contains(followed_as(name, named)));
        }
        if let Some(asking) = &mut self.asking {
            asking.names.retain(|name| !names.contains(name));
        }
        self.follow.stop(&names);
        self.tell(&[], out);
    }

    /// Whether the client was cut off, so that it has to come back for whatever it wants.
    pub(super) fn is_cut(&self) -> bool {
        self.follow.is_cut()
    }

    /// Why the session ends, which calls may keep it from.
    pub(super) fn over(&self, has_calls: bool) -> Option<Close> {
        let is_kept = has_calls || self.asking.is_some() || !self.waiting.is_empty();
        // Who was cut off hears nothing of its other channels either until it has come back.
        self.over.filter(|_| !is_kept || self.is_cut())
    }

    /// Says what there is to say; whether there was anything.
    pub(super) fn speak<I: Carrier>(
        &mut self,
        socket: &mut Socket<I>,
        cx: &mut Context<'_>,
    ) -> bool {
        if !self.is_cut() && self.poll_asking(&mut socket.outlet(), cx) {
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

    /// Lets the lane of its only channel write what comes next, from where it stands with nothing to say.
    pub(super) fn step_aside(&mut self, sink: Arc<dyn Sink>) -> Aside {
        let Some(rider) = Feed::step_aside(&mut self.follow) else { return Aside::Never };
        let heartbeat = self.app.config.heartbeat;
        let transport = Transport::WebSocket;
        rider.join(sink, Manner { transport, chunked: false, heartbeat, budget: None })
    }

    /// Goes on by itself from the offset that was written up to.
    pub(super) fn step_back(&mut self, next: u64) {
        Feed::step_back(&mut self.follow, next);
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

    /// Takes up the next channels; whether there were some to tell of.
    fn poll_asking(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> bool {
        if self.asking.is_none() {
            let Some(wanted) = self.waiting.pop_front() else { return false };
            self.asking = Some(self.ask(wanted));
        }
        let answered = self.asking.as_mut().map(|asking| asking.answer.as_mut().poll(cx));
        let Some(Poll::Ready(answer)) = answered else { return false };
        let names = self.asking.take().map(|asking| asking.names).unwrap_or_default();
        self.answer(answer, &names, out);
        true
    }

    /// Asks the guards of the channels that are not followed yet.
    fn ask(&self, wanted: Wanted) -> Asking {
        let names = wanted.named.iter().map(|(name, named)| followed_as(name, named).clone());
        let names = names.collect();
        let (app, parts) = (Arc::clone(&self.app), Arc::clone(&self.parts));
        let client = self.client.clone();
        let followed = self.follow.names().map(str::to_owned).collect();
        let answer = async move { ask(&app, &parts, client.as_deref(), followed, wanted).await };
        Asking { names, answer: Box::pin(answer) }
    }

    /// Follows what is allowed of the channels that are still wanted.
    fn answer(&mut self, mut answer: Answer, wanted: &[String], out: &mut Outlet<'_>) {
        answer.allowed.retain(|allowed| wanted.contains(&allowed.named.name));
        let (app, parts) = (&self.app, &self.parts);
        let subscriber = subscriber(app, parts, answer.user, self.client.as_deref());
        let followed: Vec<_> = self.follow.epochs().collect();
        let (lines, _) =
            subscriber.lines(&answer.positions, answer.history, answer.allowed, &followed);
        if !lines.is_empty() {
            self.over = None;
        }
        self.follow.add(lines);
        self.tell(&answer.refused, out);
        let without = self.without.take();
        if self.follow.len() == 0 && without.is_some() {
            out.say_at(&Cursor::DONE, "done", &());
            self.over = without;
        }
    }

    /// Says what is followed now, and why some of what was wanted is not.
    fn tell(&mut self, refused: &[(String, Error)], out: &mut Outlet<'_>) {
        let rhythm = Rhythm { heartbeat: self.app.config.heartbeat, resume: None };
        self.follow.hello(rhythm, out);
        for (channel, error) in refused {
            error.log();
            let problem = error.problem();
            let problem = serde_json::from_slice(&problem).ok();
            out.say("closed", &Refused { channel, reason: "refused", problem });
        }
    }
}

impl Wanted {
    fn find(app: &Inner, Subscribe { names, positions, history }: Subscribe) -> Self {
        let find = |name: String| {
            let named = app.directory.find(&name);
            (name, named)
        };
        Self { named: names.into_iter().map(find).collect(), positions, history }
    }
}

/// What a channel is followed by, which may be another spelling of the client's name for it.
fn followed_as<'n>(name: &'n String, named: &'n Result<Named, Error>) -> &'n String {
    named.as_ref().map_or(name, |named| &named.name)
}

/// Asks who the client is now, and then each channel's guard.
async fn ask(
    app: &Arc<Inner>,
    parts: &Parts,
    client: Option<&str>,
    mut followed: HashSet<String>,
    wanted: Wanted,
) -> Answer {
    let Wanted { named, positions, history } = wanted;
    let (user, unknown) = match identify(app, parts).await {
        Ok(user) => (user, None),
        Err(error) => (None, Some(error)),
    };
    let mut refused = Vec::new();
    let mut allowed = Vec::new();
    let subscriber = subscriber(app, parts, user, client);
    for (name, named) in named {
        let asked = match (named, &unknown) {
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

fn too_soon() -> Error {
    let detail = format!(
        "{WAITING} messages wait for the guards of channels asked for before; subscribe to this one after a `hello`"
    );
    Error::new(StatusCode::TOO_MANY_REQUESTS, detail)
}

fn too_many() -> Error {
    let detail = format!("a connection follows at most {MOST} channels");
    Error::new(StatusCode::BAD_REQUEST, detail)
}
