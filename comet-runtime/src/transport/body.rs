//! The body of a streamed response: its rhythm, from the first byte to the last.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::Frame;
use serde::Serialize;
use tokio::time::{Instant, Sleep, sleep};

use super::{Fed, Feed, Outlet, Rhythm, Transport};

/// Resolves when the stream has to say `bye` and end: the server goes away.
pub(crate) type Ending = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A feed on its way to one client.
pub(crate) struct StreamBody {
    transport: Transport,
    feed: Box<dyn Feed>,
    rhythm: Rhythm,
    /// When the stream says that it is alive, unless something else is said before.
    beat: Pin<Box<Sleep>>,
    ending: Ending,
    opened: bool,
    ended: bool,
}

#[derive(Serialize)]
struct Bye {
    after: u64,
}

#[derive(Serialize)]
struct Nothing {}

impl StreamBody {
    pub(crate) fn new(
        transport: Transport,
        feed: impl Feed + 'static,
        rhythm: Rhythm,
        ending: Ending,
    ) -> Self {
        let beat = Box::pin(sleep(rhythm.heartbeat));
        Self { transport, feed: Box::new(feed), rhythm, beat, ending, opened: false, ended: false }
    }

    /// What can be sent now, after what `bytes` holds already.
    fn poll_bytes(&mut self, mut bytes: Vec<u8>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut out = Outlet { transport: self.transport, bytes: &mut bytes };
        // Asked first: a handler that always has something to say must hear of the end as well.
        if self.ending.as_mut().poll(cx).is_ready() {
            self.ended = true;
            if !self.feed.leave(&mut out, cx) {
                out.say("bye", &Bye { after: jitter() });
            }
            return Poll::Ready(some(bytes));
        }
        match self.feed.poll(&mut out, cx) {
            Poll::Ready(Fed::Shared(shared)) => return Poll::Ready(Some(shared)),
            Poll::Ready(Fed::Written) => {}
            Poll::Ready(Fed::Ended) => self.ended = true,
            Poll::Pending if self.beat.as_mut().poll(cx).is_ready() => out.say("beat", &Nothing {}),
            Poll::Pending if out.bytes.is_empty() => return Poll::Pending,
            Poll::Pending => {}
        }
        Poll::Ready(some(bytes))
    }
}

fn some(bytes: Vec<u8>) -> Option<Bytes> {
    (!bytes.is_empty()).then(|| Bytes::from(bytes))
}

/// Milliseconds after which a client comes back, spread so that not all come at once.
fn jitter() -> u64 {
    let mut random = [0; 2];
    // Without randomness all come after the same second, which is still correct.
    let _ = getrandom::fill(&mut random);
    500 + u64::from(u16::from_le_bytes(random)) % 2500
}

impl http_body::Body for StreamBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let mut out = Vec::new();
        if !self.opened {
            self.opened = true;
            out.extend_from_slice(self.transport.opening());
            let mut out = Outlet { transport: self.transport, bytes: &mut out };
            let rhythm = self.rhythm;
            self.feed.hello(rhythm, &mut out);
        }
        self.poll_bytes(out, cx).map(|bytes| {
            let next = Instant::now() + self.rhythm.heartbeat.max(Duration::from_millis(1));
            self.beat.as_mut().reset(next);
            bytes.map(|bytes| Ok(Frame::data(bytes)))
        })
    }

    fn is_end_stream(&self) -> bool {
        self.ended
    }
}

impl fmt::Debug for StreamBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamBody").field("transport", &self.transport).finish_non_exhaustive()
    }
}
