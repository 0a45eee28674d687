//! The polls of one connection, answered one after the other without an HTTP implementation in between.
//!
//! Most requests of a client that polls differ from the one before in their cursor alone, and those of a client that
//! publishes in their body. Such a request needs no parsing, and a connection that waits for an event needs no buffers.
//! Whatever else comes is left to hyper, from its first byte on.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

use super::hold::{Again, Handed, Held, Hold, Polling};
use super::taken::Behind;
use super::template::Template;
use super::wire::Wire;
use super::{Desk, Drain};
use crate::deadline::{Alarm, Patience};

/// A connection whose requests are polls, for as long as they are.
pub(super) struct Polls {
    desk: Arc<Desk>,
    behind: Behind,
    again: Option<Box<dyn Again>>,
    /// Whether somebody else is to answer the poll.
    aside: bool,
    /// The first poll, if its bytes are known.
    template: Option<Template>,
    alarm: Alarm,
    /// How long a connection is kept between two requests.
    idle: Duration,
    drained: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// Why polling ends without anything left to do: its client has left, or was told that the server does.
struct Over;

impl From<io::Error> for Over {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl Polls {
    /// The polls from one on that is held.
    pub(super) fn new(
        mut wire: Wire,
        ahead: &[u8],
        handed: Handed,
        idle: Duration,
        drain: &Drain,
    ) -> (Self, Box<dyn Hold>) {
        let Handed { polling: Polling { hold, differs, again }, head } = handed;
        let first = wire.take_first();
        let first = first.as_deref().and_then(|first| first.strip_suffix(ahead));
        let template = first.and_then(|first| Template::of(first, differs));
        let (socket, behind) = wire.apart(ahead, true);
        let polls = Self {
            desk: Arc::new(Desk::new(socket, &head, drain)),
            behind,
            again,
            aside: false,
            template,
            alarm: Alarm::new(hold.until()),
            idle,
            drained: Box::pin(drain.begun()),
        };
        (polls, hold)
    }

    /// Answers the poll that is held and those after it, until something else is asked. Then the connection, with that to
    /// be read from it; `None` when the connection has ended.
    pub(super) async fn serve(mut self, mut hold: Box<dyn Hold>) -> Option<Wire> {
        loop {
            poll_fn(|cx| self.poll_answered(&mut *hold, cx)).await.ok()?;
            let Some(since) = self.flush().await.ok()? else {
                drop(hold);
                let _ = Arc::into_inner(self.desk)?.into_socket().shutdown().await;
                return None;
            };
            match self.next(hold, since).await.ok()? {
                Some(next) => hold = next,
                None => break,
            }
        }
        self.behind.resume(Arc::into_inner(self.desk)?.into_socket())
    }

    /// Ready when the poll was answered, by whomever.
    fn poll_answered(
        &mut self,
        hold: &mut dyn Hold,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Over>> {
        loop {
            // Whoever answers for it would not see that more has come already.
            let alone = !self.behind.ahead.is_empty();
            if !self.aside {
                self.aside = !alone && hold.step_aside(&self.desk);
            }
            if self.aside && (alone || hold.poll_aside(cx).is_ready()) {
                self.step_back(hold);
                if self.desk.has_answered() {
                    return Poll::Ready(Ok(()));
                }
            }
            if !self.aside
                && let Poll::Ready(body) = hold.poll(cx)
            {
                self.desk.answer(&body);
                return Poll::Ready(Ok(()));
            }
            if self.poll_up(hold.until(), cx).is_ready() {
                self.step_back(hold);
                self.desk.answer(&hold.give_up());
                return Poll::Ready(Ok(()));
            }
            if let Poll::Ready(over) = self.look_ahead(cx) {
                return Poll::Ready(over);
            }
            if !self.aside || self.behind.ahead.is_empty() {
                return Poll::Pending;
            }
        }
    }

    /// From here on nobody else answers.
    fn step_back(&mut self, hold: &mut dyn Hold) {
        if std::mem::take(&mut self.aside) {
            hold.step_back();
        }
    }

    /// Ready at a moment, or when the server goes away.
    fn poll_up(&mut self, at: Instant, cx: &mut Context<'_>) -> Poll<()> {
        self.alarm.set(at);
        match self.alarm.poll(cx).is_ready() || self.drained.as_mut().poll(cx).is_ready() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }

    /// Writes what is left of a reply; then when it was given, if anything may come after it.
    async fn flush(&mut self) -> Result<Option<Instant>, Over> {
        let (desk, mut patience) = (&self.desk, Patience::new(self.behind.write_timeout()));
        poll_fn(|cx| {
            let mut taken = false;
            let sent = desk.poll_flush(&mut taken, cx);
            patience.watch(sent, taken || desk.has_moved(), cx)
        })
        .await
        .map_err(Over::from)
    }

    /// Waits for the next request, if `hold` or the app can answer it; `None` when it is to be left to hyper, which finds
    /// it ahead.
    async fn next(
        &mut self,
        hold: Box<dyn Hold>,
        since: Instant,
    ) -> Result<Option<Box<dyn Hold>>, Over> {
        // Whoever cannot wait again is not there any more.
        let hold = Some(hold).filter(|hold| hold.lasts());
        poll_fn(|cx| {
            if !self.behind.ahead.is_empty() {
                return Poll::Ready(Ok(()));
            }
            // What waits in the socket has come in time, however late it is looked at.
            let desk = &self.desk;
            if let Poll::Ready(there) = self.behind.poll_more(|buf| desk.poll_read(cx, buf)) {
                return Poll::Ready(there.then_some(()).ok_or(Over));
            }
            self.poll_up(since + self.idle, cx).map(|()| Err(Over))
        })
        .await?;
        let read = self.template.as_ref().and_then(|template| template.read(&self.behind.ahead));
        let Some((value, length)) = read else { return Ok(None) };
        let again = hold.and_then(|mut hold| Some(Held { id: hold.again(value)?, hold }));
        let held = match again {
            Some(held) => Some(held),
            None => {
                let asking = self.again.as_ref().map(|app| app.again(value));
                let Some(mut asking) = asking else { return Ok(None) };
                let asked = poll_fn(|cx| match asking.as_mut().poll(cx) {
                    Poll::Ready(held) => Poll::Ready(Ok(held)),
                    Poll::Pending => self.look_ahead(cx),
                });
                asked.await?
            }
        };
        let Some(Held { id, hold }) = held else { return Ok(None) };
        self.desk.expect(id);
        let ahead = &mut self.behind.ahead;
        ahead.drain(..length);
        if ahead.is_empty() {
            *ahead = Vec::new();
        }
        Ok(Some(hold))
    }

    /// Reads what comes before its turn, as far as there is room; ready only when nothing more will come, as the client
    /// has left.
    fn look_ahead<T>(&mut self, cx: &mut Context<'_>) -> Poll<Result<T, Over>> {
        let desk = &self.desk;
        self.behind.poll_left(|buf| desk.poll_read(cx, buf)).map(|()| Err(Over))
    }
}
