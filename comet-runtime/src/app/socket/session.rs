//! One client's WebSocket, from the first `hello` to the last word.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::StatusCode;
use http::request::Parts;

use super::calls::{Calls, refuse};
use super::channels::{Channels, Opening};
use super::quiet::Quiet;
use super::request::{Calling, Request};
use crate::app::service::Inner;
use crate::error::Error;
use crate::server::Wire;
use crate::transport::websocket::{Carrier, Close, Heard, Socket};
use crate::transport::{Aside, Ending, Left, Outlet, Ride, Transport};

/// The longest message of a client; less where the setting `body_limit` is less.
const LONGEST: usize = 64 * 1024;

/// After so many heartbeats of silence a client is taken to be gone.
const PATIENCE: u32 = 3;

pub(super) struct Session<I> {
    socket: Socket<I>,
    channels: Channels,
    calls: Calls,
    /// Set while the lane of its only channel writes for it.
    ride: Option<Ride>,
    /// Silence of the server; pings, which no script of a page sees, are silence as well.
    said: Quiet,
    /// Silence of the client, and how many heartbeats of it there were.
    heard: Quiet,
    unheard: u32,
    /// Set until the server goes away.
    leaving: Option<Ending>,
    /// Set until the time is up for calls that may finish.
    ending: Option<Ending>,
}

/// How a session ends.
#[derive(Debug)]
enum End {
    /// With a close frame that the client is to answer.
    Close(Close),
    /// With a close frame that is the last one: the client's was before, or it is not understood.
    Closed(Close),
    Gone,
}

impl<I: Carrier> Session<I> {
    /// A client's session over its connection, of which `read` was read already.
    pub(super) fn new(
        app: &Arc<Inner>,
        parts: Parts,
        io: I,
        read: &[u8],
        opening: Opening,
    ) -> Self {
        let parts = Arc::new(parts);
        let config = &app.config;
        let limit = config.body_limit.min(LONGEST);
        Self {
            socket: Socket::new(io, read, limit, config.write_timeout),
            channels: Channels::new(Arc::clone(app), Arc::clone(&parts), opening),
            calls: Calls::new(Arc::clone(app), parts),
            ride: None,
            said: Quiet::new(config.heartbeat),
            heard: Quiet::new(config.heartbeat),
            unheard: 0,
            leaving: Some(Box::pin(app.drain.begun())),
            ending: Some(Box::pin(app.drain.ended())),
        }
    }

    /// The session to its end; nothing follows it on its connection.
    pub(super) fn run(self) -> impl Future<Output = Option<Wire>> {
        // Not an `async fn`, which would have room for two.
        let mut session = self;
        async move {
            let end = poll_fn(|cx| session.poll(cx)).await;
            let Self { socket, channels, calls, .. } = session;
            // Handlers and seats go first: the farewell may take its time.
            drop((channels, calls));
            match end {
                End::Close(close) => Box::pin(socket.close(close, false)).await,
                End::Closed(close) => Box::pin(socket.close(close, true)).await,
                End::Gone => {}
            }
            None
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        // Whatever wakes the session is for itself to see to.
        self.step_back();
        loop {
            let sent = self.socket.poll_send(cx);
            if let Poll::Ready(Err(error)) = &sent {
                tracing::debug!(%error, "a WebSocket cannot be written to");
                return Poll::Ready(End::Gone);
            }
            if let Poll::Ready(end) = self.hear(cx) {
                return Poll::Ready(end);
            }
            self.hear_of_the_end(cx);
            // Nobody is asked for more until all there was is on its way.
            if sent.is_pending() {
                return Poll::Pending;
            }
            if self.speak(cx) {
                self.said.note();
            }
            if self.socket.is_idle() {
                if let Some(close) = self.channels.over(!self.calls.is_empty()) {
                    return Poll::Ready(End::Close(close));
                }
                match self.keep_alive(cx) {
                    Poll::Ready(Some(end)) => return Poll::Ready(end),
                    Poll::Ready(None) => {}
                    Poll::Pending if self.step_aside(cx) => return Poll::Pending,
                    Poll::Pending => {}
                }
            }
        }
    }

    /// Lets a lane write while there is nothing to do, if one can; false when there is something to say before.
    fn step_aside(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(sink) = self.socket.sink() else { return true };
        match self.channels.step_aside(sink) {
            Aside::Riding(ride) => {
                let stays = ride.poll_left(cx).is_pending();
                self.ride = Some(ride);
                if !stays {
                    self.step_back();
                }
                stays
            }
            Aside::Behind => false,
            Aside::Never => true,
        }
    }

    /// Goes on by itself from where the lane has written up to.
    fn step_back(&mut self) {
        let Some(ride) = self.ride.take() else { return };
        let Left { next, rest, said, .. } = ride.leave();
        self.channels.step_back(next);
        self.socket.share(rest);
        if said {
            self.said.note();
        }
    }

    /// Does what the client asks for. That can make more to say to it, so it is heard only while there is room.
    fn hear(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        while self.socket.has_room() {
            let heard = ready!(self.socket.poll_hear(cx));
            (self.unheard, _) = (0, self.heard.note());
            match heard {
                Heard::Life => {}
                Heard::Close(close) => return Poll::Ready(End::Closed(close)),
                Heard::Gone => return Poll::Ready(End::Gone),
                Heard::Text(text) => {
                    if let Err(error) = Request::read(&text).and_then(|asked| self.answer(asked)) {
                        refuse(&error, &mut self.socket.outlet());
                        return Poll::Ready(End::Close(Close::UNREADABLE));
                    }
                }
            }
        }
        Poll::Pending
    }

    /// Does one thing that the client asks for.
    ///
    /// # Errors
    ///
    /// It makes no sense, so that the client cannot be understood any further.
    fn answer(&mut self, asked: Request) -> Result<(), Error> {
        match asked {
            Request::Cancel(id) => self.calls.cancel(&id),
            Request::Call(calling) => return self.call(calling),
            // A client that has been told to come back elsewhere does so with what it follows then.
            _ if self.leaving.is_none() || self.channels.is_cut() => {}
            Request::Subscribe(wanted) => {
                self.channels.subscribe(wanted, &mut self.socket.outlet());
            }
            Request::Unsubscribe(names) => {
                self.channels.unsubscribe(names, &mut self.socket.outlet());
            }
        }
        Ok(())
    }

    fn call(&mut self, calling: Calling) -> Result<(), Error> {
        let id = calling.id.clone();
        if self.calls.has(&id) {
            let detail = format!("a call with the id `{}` is under way; take another", id.as_str());
            return Err(Error::new(StatusCode::CONFLICT, detail));
        }
        if let Err(error) = self.calls.start(calling) {
            let mut line = Vec::new();
            refuse(&error, &mut Outlet::new(Transport::Ndjson, &mut line));
            self.socket.put_lines(id.as_str(), &line);
        }
        Ok(())
    }

    /// Takes note when the server goes away, and when its time is up.
    fn hear_of_the_end(&mut self, cx: &mut Context<'_>) {
        if self.leaving.take_if(|leaving| leaving.as_mut().poll(cx).is_ready()).is_some() {
            self.channels.leave(&mut self.socket.outlet(), cx);
            self.calls.leave();
        }
        if self.ending.take_if(|ending| ending.as_mut().poll(cx).is_ready()).is_some() {
            self.calls.end();
        }
    }

    /// Gathers what channels and calls have to say, each in its turn; whether there was anything.
    fn speak(&mut self, cx: &mut Context<'_>) -> bool {
        let mut any = false;
        while self.socket.has_room() {
            let followed = self.channels.speak(&mut self.socket, cx);
            let called = self.calls.speak(&mut self.socket, cx);
            if !followed && !called {
                break;
            }
            any = true;
        }
        any
    }

    /// Ready when something is to be said because nothing else was, or the client has been silent for too long.
    fn keep_alive(&mut self, cx: &mut Context<'_>) -> Poll<Option<End>> {
        if self.heard.poll(cx).is_ready() {
            self.unheard += 1;
            if self.unheard == PATIENCE {
                return Poll::Ready(Some(End::Close(Close::SILENT)));
            }
            self.socket.ping();
        }
        if self.said.poll(cx).is_ready() {
            self.socket.outlet().beat();
        }
        if self.socket.is_idle() { Poll::Pending } else { Poll::Ready(None) }
    }
}
