//! The polls of one connection, answered one after the other without an HTTP implementation in between.
//!
//! Most requests of a client that polls differ from the one before in their cursor alone. Such a request needs no parsing,
//! and a connection that waits for an event needs no buffers. Whatever else comes is left to hyper, from its first byte on.

use std::future::poll_fn;
use std::io::{self, Write};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, DATE};
use http::{HeaderMap, StatusCode};
use tokio::io::{AsyncWriteExt, ReadBuf};
use tokio::time::Instant;

use super::hold::{Again, Handed, Held, Polling};
use super::taken::AHEAD;
use super::template::Template;
use super::wire::Wire;
use super::{Drain, REQUEST_ID, head};
use crate::deadline::Alarm;

/// How much is read at once: most requests are shorter.
const READ: usize = 4096;

/// A connection whose requests are polls, for as long as they are.
pub(super) struct Polls {
    wire: Wire,
    /// What came before its turn.
    ahead: Vec<u8>,
    again: Box<dyn Again>,
    held: Option<Held>,
    /// The first poll, if its bytes are known.
    template: Option<Template>,
    /// The header fields of every reply.
    fields: Vec<u8>,
    alarm: Alarm,
    /// How long a connection is kept between two requests.
    idle: Duration,
    drain: Drain,
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
    pub(super) fn new(
        wire: Wire,
        ahead: &[u8],
        handed: Handed,
        idle: Duration,
        drain: &Drain,
    ) -> Self {
        let Handed { polling: Polling { hold, key, again }, head } = handed;
        let first = wire.first().filter(|_| ahead.is_empty());
        let id = head.get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        Self {
            template: first.and_then(|first| Template::of(first, key)),
            wire,
            ahead: ahead.to_vec(),
            again,
            fields: fields(&head),
            alarm: Alarm::new(hold.until()),
            held: Some(Held { id: id.to_owned(), hold }),
            idle,
            drain: drain.clone(),
            drained: Box::pin(drain.begun()),
        }
    }

    /// Answers the poll that is held and those after it, until something else is asked. Then the connection, with that to
    /// be read from it; `None` when the connection has ended.
    pub(super) async fn serve(mut self) -> Option<Wire> {
        while let Some(mut held) = self.held.take() {
            let body = self.wait(&mut held).await.ok()?;
            let Held { id, hold } = held;
            // Whoever is answered is not there any more.
            drop(hold);
            self.reply(&id, &body).await.ok()?;
            self.held = self.next().await.ok()?;
        }
        Some(self.wire.resume(self.ahead))
    }

    /// Waits until there is a reply.
    async fn wait(&mut self, held: &mut Held) -> Result<Bytes, Over> {
        poll_fn(|cx| {
            if let Poll::Ready(body) = held.hold.poll(cx) {
                return Poll::Ready(Ok(body));
            }
            self.alarm.set(held.hold.until());
            if self.alarm.poll(cx).is_ready() || self.drained.as_mut().poll(cx).is_ready() {
                return Poll::Ready(Ok(held.hold.give_up()));
            }
            self.look_ahead(cx)
        })
        .await
    }

    /// Writes a reply, the last one if the server goes away.
    async fn reply(&mut self, id: &str, body: &[u8]) -> Result<(), Over> {
        let last = self.drain.has_begun();
        let mut reply = Vec::with_capacity(self.fields.len() + body.len() + 160);
        head::status(StatusCode::OK, &mut reply);
        reply.extend_from_slice(&self.fields);
        head::field(&REQUEST_ID, id.as_bytes(), &mut reply);
        write!(reply, "content-length: {}\r\n", body.len())?;
        head::date(&mut reply);
        if last {
            head::field(&CONNECTION, b"close", &mut reply);
        }
        reply.extend_from_slice(b"\r\n");
        reply.extend_from_slice(body);
        self.wire.write_all(&reply).await?;
        self.wire.flush().await?;
        if last {
            self.wire.shutdown().await?;
            return Err(Over);
        }
        Ok(())
    }

    /// Waits for the next request; `None` when it is to be left to hyper, which finds it ahead.
    async fn next(&mut self) -> Result<Option<Held>, Over> {
        self.alarm.set(Instant::now() + self.idle);
        poll_fn(|cx| {
            if !self.ahead.is_empty() {
                return Poll::Ready(Ok(()));
            }
            // What waits in the socket has come in time, however late it is looked at.
            if let Poll::Ready(read) = self.read(cx) {
                return Poll::Ready(read);
            }
            match self.alarm.poll(cx).is_ready() || self.drained.as_mut().poll(cx).is_ready() {
                true => Poll::Ready(Err(Over)),
                false => Poll::Pending,
            }
        })
        .await?;
        let read = self.template.as_ref().and_then(|template| template.read(&self.ahead));
        let Some((value, length)) = read else { return Ok(None) };
        let mut asking = self.again.again(value);
        let held = poll_fn(|cx| match asking.as_mut().poll(cx) {
            Poll::Ready(held) => Poll::Ready(Ok(held)),
            Poll::Pending => self.look_ahead(cx),
        });
        let held = held.await?;
        if held.is_some() {
            self.ahead.drain(..length);
        }
        Ok(held)
    }

    /// Reads what comes before its turn, as far as there is room; ready only when nothing more will come, as the client
    /// has left.
    fn look_ahead<T>(&mut self, cx: &mut Context<'_>) -> Poll<Result<T, Over>> {
        while self.ahead.len() < AHEAD {
            if let Err(over) = ready!(self.read(cx)) {
                return Poll::Ready(Err(over));
            }
        }
        Poll::Pending
    }

    fn read(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Over>> {
        let mut space = [MaybeUninit::uninit(); READ];
        let mut buf = ReadBuf::uninit(&mut space);
        ready!(self.wire.poll_unseen(cx, &mut buf))?;
        self.ahead.extend_from_slice(buf.filled());
        Poll::Ready(if buf.filled().is_empty() { Err(Over) } else { Ok(()) })
    }
}

/// Header fields as they are sent, without those that each reply has of its own.
fn fields(all: &HeaderMap) -> Vec<u8> {
    let mut fields = Vec::with_capacity(256);
    let own = [&REQUEST_ID, &CONTENT_LENGTH, &DATE, &CONNECTION];
    head::fields(all.iter().filter(|(name, _)| !own.contains(name)), &mut fields);
    fields
}
