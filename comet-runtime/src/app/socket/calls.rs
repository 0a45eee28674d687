//! The handlers that work for a session.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum_core::body::Body;
use bytes::Bytes;
use http::header::{self, HeaderName};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use tokio::time::{Sleep, sleep_until};

use super::request::{CallId, Calling};
use crate::app::service::Inner;
use crate::app::start::{Asked, Started};
use crate::auth::csrf;
use crate::call::Values;
use crate::error::Error;
use crate::log::Cursor;
use crate::run::{Parked, Run, Work};
use crate::transport::websocket::{Carrier, Socket};
use crate::transport::{Fed, Feed, Message, Outlet, Rhythm, Transport};

/// How many handlers work for a connection at once.
const MOST: usize = 16;

/// The calls of a session.
pub(super) struct Calls {
    app: Arc<Inner>,
    /// The request that the client was let in by.
    parts: Arc<Parts>,
    running: Vec<Running>,
    /// The server goes away.
    leaving: bool,
}

struct Running {
    id: CallId,
    state: State,
    hold: Option<Hold>,
    /// What is said of it first, where a client that was cut off can come back to it.
    resumed: Option<Rhythm>,
    /// Whether it goes on when the server goes away.
    let_finish: bool,
}

/// How long a parked call is waited for.
struct Hold {
    until: Pin<Box<Sleep>>,
    /// What replies then.
    late: Option<Work>,
}

enum State {
    Starting(Pin<Box<dyn Future<Output = Result<Option<Run>, Error>> + Send>>),
    Running(Run),
    /// Its time is up, and something else replies.
    Late(Pin<Box<Work>>),
}

impl Calls {
    pub(super) fn new(app: Arc<Inner>, parts: Arc<Parts>) -> Self {
        Self { app, parts, running: Vec::new(), leaving: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// Whether a call of that name is there.
    pub(super) fn has(&self, id: &CallId) -> bool {
        self.running.iter().any(|call| call.id == *id)
    }

    /// Starts a call. What does not begin to is refused.
    ///
    /// # Errors
    ///
    /// No handler has that name; there are too many calls; the server goes away.
    pub(super) fn start(&mut self, calling: Calling) -> Result<(), Error> {
        if self.leaving {
            let detail = "the server goes away; call again over another connection";
            return Err(Error::new(StatusCode::SERVICE_UNAVAILABLE, detail));
        }
        if self.running.len() == MOST {
            let detail =
                format!("a connection has at most {MOST} calls at once; wait for one to end");
            return Err(Error::new(StatusCode::TOO_MANY_REQUESTS, detail));
        }
        let bound = self.app.router.named(&calling.handler)?;
        let asked = Asked { app: &self.app, bound, by_name: true };
        let let_finish = asked.is_let_finish() && asked.hold().is_none();
        let resume = asked.endpoint().resume;
        let resumed = resume.map(|_| Rhythm { heartbeat: self.app.config.heartbeat, resume });
        let (id, parts) = (calling.id.clone(), self.post(&calling)?);
        let app = Arc::clone(&self.app);
        let state = State::Starting(Box::pin(async move { run(&app, parts, calling).await }));
        self.running.push(Running { id, state, hold: None, resumed, let_finish });
        Ok(())
    }

    /// Drops a call and its handler.
    pub(super) fn cancel(&mut self, id: &CallId) {
        self.running.retain(|call| call.id != *id);
    }

    /// No handler is let begin any more, and those that wait for something are let go.
    pub(super) fn leave(&mut self) {
        self.leaving = true;
    }

    /// Ends what is left, as the time is up.
    pub(super) fn end(&mut self) {
        self.leave();
        self.running.iter_mut().for_each(|call| call.let_finish = false);
    }

    /// Says what there is to say; whether there was anything.
    pub(super) fn speak<I: Carrier>(
        &mut self,
        socket: &mut Socket<I>,
        cx: &mut Context<'_>,
    ) -> bool {
        let mut any = false;
        let leaving = self.leaving;
        self.running.retain_mut(|call| {
            let mut lines = Vec::new();
            let over = call.speak(leaving, &mut lines, cx);
            any |= over || !lines.is_empty();
            socket.put_lines(call.id.as_str(), &lines);
            !over
        });
        any
    }

    /// The request that a call stands for: a `POST` by the client that was let in.
    fn post(&self, calling: &Calling) -> Result<Parts, Error> {
        let mut parts = Parts::clone(&self.parts);
        let mount = self.app.config.mount.trim_end_matches('/');
        parts.method = Method::POST;
        parts.uri = Uri::try_from(format!("{mount}/comet/call/{}", calling.handler))?;
        for name in OF_THE_UPGRADE {
            parts.headers.remove(name);
        }
        let json = HeaderValue::from_static("application/json");
        parts.headers.insert(header::CONTENT_TYPE, json);
        insert(&mut parts.headers, csrf::HEADER, calling.csrf.as_deref());
        insert(&mut parts.headers, LAST_EVENT_ID, calling.cursor.as_deref());
        Ok(parts)
    }
}

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// What the upgrade's request says of itself and not of its client.
const OF_THE_UPGRADE: [HeaderName; 9] = [
    header::CONNECTION,
    header::UPGRADE,
    header::CONTENT_LENGTH,
    header::SEC_WEBSOCKET_KEY,
    header::SEC_WEBSOCKET_VERSION,
    header::SEC_WEBSOCKET_PROTOCOL,
    header::SEC_WEBSOCKET_EXTENSIONS,
    csrf::HEADER,
    LAST_EVENT_ID,
];

/// Text that no header can hold is no token and no cursor either.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
        headers.insert(name, value);
    }
}

/// A call up to where a stream of it begins; `None` for one whose end the client has seen.
async fn run(app: &Inner, parts: Parts, calling: Calling) -> Result<Option<Run>, Error> {
    let bound = app.router.named(&calling.handler)?;
    let asked = Asked { app, bound, by_name: true };
    let arguments = Body::from(calling.arguments);
    match asked.start(Values::default(), parts, arguments).await? {
        Started::Over => Ok(None),
        Started::Again(run) => Ok(Some(run)),
        // Who waits for a reply, and not for ever, may be told that it is late whatever the handler waits for.
        Started::New(run, _) if run.is_parked() => Ok(Some(run)),
        Started::New(run, owner) => asked.begin(run, owner).await.map(Some),
    }
}

impl Running {
    /// Says what there is to say, a line a message; whether that was the end.
    fn speak(&mut self, leaving: bool, lines: &mut Vec<u8>, cx: &mut Context<'_>) -> bool {
        let mut out = Outlet::new(Transport::Ndjson, lines);
        if let State::Starting(starting) = &mut self.state
            && let Poll::Ready(started) = starting.as_mut().poll(cx)
        {
            match started {
                Ok(Some(mut run)) => {
                    if let Some(rhythm) = self.resumed {
                        run.hello(rhythm, &mut out);
                    }
                    self.hold = run.unpark().map(Hold::new);
                    self.state = State::Running(run);
                }
                Ok(None) => return nothing(&mut out),
                Err(error) => return refuse(&error, &mut out),
            }
        }
        let is_over = |hold: &mut Hold| leaving || hold.until.as_mut().poll(cx).is_ready();
        if let Some(hold) = self.hold.take_if(is_over) {
            match hold.late {
                Some(late) => self.state = State::Late(Box::pin(late)),
                None => return nothing(&mut out),
            }
        }
        let go = leaving && !self.let_finish;
        match &mut self.state {
            State::Late(late) => match late.as_mut().poll(cx) {
                Poll::Ready(Ok(outcome)) => done(outcome.json(), &mut out),
                Poll::Ready(Err(error)) => refuse(&error, &mut out),
                Poll::Pending => false,
            },
            State::Starting(_) if go => say_bye(&mut out),
            State::Starting(_) => false,
            State::Running(run) if go => run.leave(&mut out, cx) || say_bye(&mut out),
            State::Running(run) => match Feed::poll(run, &mut out, cx) {
                Poll::Ready(Fed::Ended) => true,
                Poll::Ready(Fed::Shared(line)) => {
                    lines.extend_from_slice(&line);
                    false
                }
                Poll::Ready(Fed::Written) | Poll::Pending => false,
            },
        }
    }
}

fn say_bye(out: &mut Outlet<'_>) -> bool {
    out.bye();
    true
}

impl Hold {
    fn new(Parked { until, late }: Parked) -> Self {
        Self { until: Box::pin(sleep_until(until)), late }
    }
}

fn done(json: Bytes, out: &mut Outlet<'_>) -> bool {
    out.write(&Message { id: Some(&Cursor::DONE), ..Message::new("done", json) });
    true
}

/// Nothing has happened, or nothing that the client has not seen.
fn nothing(out: &mut Outlet<'_>) -> bool {
    out.say_at(&Cursor::DONE, "done", &());
    true
}

/// Says why a call has failed before it said anything.
pub(super) fn refuse(error: &Error, out: &mut Outlet<'_>) -> bool {
    error.log();
    out.write(&Message { id: Some(&Cursor::DONE), ..Message::new("error", error.problem()) });
    true
}
