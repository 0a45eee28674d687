//! The body of a streamed response: its rhythm, from the first byte to the last.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::Frame;
use tokio::time::{Instant, Sleep, sleep};

use super::lane::{Aside, Manner, Sink};
use super::multipart::Parts;
use super::recycle::Left;
use super::{Fed, Feed, Outlet, Recycling, Rhythm, Transport};

/// Resolves when the stream has to say `bye` and end: the server goes away.
pub(crate) type Ending = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A feed on its way to one client.
pub(crate) struct StreamBody {
    transport: Transport,
    parts: Option<Parts>,
    feed: Box<dyn Feed>,
    rhythm: Rhythm,
    /// When the stream says that it is alive, unless something else is said before.
    beat: Option<Pin<Box<Sleep>>>,
    /// `None` once it has come.
    ending: Option<Ending>,
    left: Left,
    /// What follows bytes that were handed out as they are shared.
    rest: Option<Bytes>,
    /// The image that a stream of images shows.
    shown: Option<Bytes>,
    opened: bool,
    ended: bool,
}

impl StreamBody {
    pub(crate) fn new(
        transport: Transport,
        feed: impl Feed + 'static,
        rhythm: Rhythm,
        ending: Ending,
    ) -> Self {
        let parts = (transport == Transport::Multipart).then(|| Parts::new(feed.media()));
        Self {
            transport,
            parts,
            feed: Box::new(feed),
            rhythm,
            beat: None,
            ending: Some(ending),
            left: Left::default(),
            rest: None,
            shown: None,
            opened: false,
            ended: false,
        }
    }

    /// The same, ended before its client has too much of it. Who shows images keeps one only, and does not come back.
    pub(crate) fn recycled(mut self, recycling: Recycling) -> Self {
        if !self.is_raw() {
            self.left = Left::new(recycling);
        }
        self
    }

    /// What stands between the messages of a response of parts.
    pub(super) fn parts(&self) -> Option<&Parts> {
        self.parts.as_ref()
    }

    fn is_raw(&self) -> bool {
        self.parts().is_some_and(|parts| parts.raw)
    }

    /// Lets a lane write what comes next, from where the stream stands with nothing to say; it says nothing itself until it
    /// steps back. Parts of a response have its own delimiter between them, so nobody else can write them.
    pub(crate) fn step_aside(&mut self, sink: Arc<dyn Sink>, chunked: bool) -> Aside {
        let stands = self.opened && self.parts.is_none();
        let Some(rider) = stands.then(|| self.feed.step_aside()).flatten() else {
            return Aside::Never;
        };
        let Self { transport, rhythm, .. } = *self;
        let manner =
            Manner { transport, chunked, heartbeat: rhythm.heartbeat, budget: self.left.bytes() };
        let aside = rider.join(sink, manner);
        if matches!(aside, Aside::Riding(_)) {
            // The lane says that the stream is alive.
            self.beat = None;
        }
        aside
    }

    /// Ready when the stream has something to say by itself while it stands aside.
    pub(crate) fn poll_aside(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let ending = poll_ending(&mut self.ending, cx);
        if ending.is_ready() || self.left.poll_spent(cx).is_ready() {
            return Poll::Ready(());
        }
        self.feed.poll_aside(cx)
    }

    /// Goes on from where a ride has ended.
    pub(crate) fn step_back(&mut self, next: u64, written: usize) {
        self.left.spend(written);
        self.feed.step_back(next);
    }

    /// What can be sent now, after what `bytes` holds already.
    fn poll_bytes(&mut self, mut bytes: Vec<u8>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        // Asked first: a handler that always has something to say must hear of the end as well.
        let is_ending = poll_ending(&mut self.ending, cx).is_ready();
        let parts = self.parts.as_ref();
        let mut out = Outlet { transport: self.transport, bytes: &mut bytes, parts };
        if is_ending {
            self.ended = true;
            if !self.feed.leave(&mut out, cx) {
                out.bye();
            }
            return Poll::Ready(some(bytes));
        }
        if self.left.poll_spent(cx).is_ready() {
            self.ended = true;
            out.bye_after(AT_ONCE);
            return Poll::Ready(some(bytes));
        }
        match poll_feed(&mut *self.feed, &mut out, cx) {
            Poll::Ready(Fed::Shared(shared)) => return Poll::Ready(Some(self.hand(shared, bytes))),
            Poll::Ready(Fed::Written) => {}
            Poll::Ready(Fed::Ended) => self.ended = true,
            Poll::Pending if poll_beat(&mut self.beat, self.rhythm, cx).is_ready() => {
                // Anything but an image would take the place of the one that is shown.
                if let Some(shown) = self.shown.clone() {
                    return Poll::Ready(Some(self.hand(shown, bytes)));
                }
                out.beat();
                if out.bytes.is_empty() {
                    return Poll::Pending;
                }
            }
            Poll::Pending if out.bytes.is_empty() => return Poll::Pending,
            Poll::Pending => {}
        }
        Poll::Ready(some(bytes))
    }

    /// Hands a shared message out after what `bytes` holds.
    fn hand(&mut self, shared: Bytes, mut bytes: Vec<u8>) -> Bytes {
        if self.is_raw() {
            self.shown = Some(shared.clone());
        }
        let parts = self.parts.as_ref();
        if bytes.is_empty() {
            self.rest = parts.map(|parts| parts.delimiter().clone());
            return shared;
        }
        Outlet { transport: self.transport, bytes: &mut bytes, parts }.put(&shared);
        Bytes::from(bytes)
    }

    /// What opens the stream.
    fn open(&mut self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(OPENING);
        bytes.extend_from_slice(self.transport.opening());
        let parts = self.parts.as_ref();
        bytes.extend_from_slice(parts.map_or(b"", Parts::opening));
        let mut out = Outlet { transport: self.transport, bytes: &mut bytes, parts };
        self.feed.hello(self.rhythm, &mut out);
        bytes
    }
}

/// What a feed has to say; where there is no place for it, what it says after that.
fn poll_feed(feed: &mut dyn Feed, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> Poll<Fed> {
    loop {
        let fed = feed.poll(out, cx);
        if !matches!(fed, Poll::Ready(Fed::Written)) || !out.bytes.is_empty() {
            return fed;
        }
    }
}

/// Ready when the server goes away, from then on.
fn poll_ending(ending: &mut Option<Ending>, cx: &mut Context<'_>) -> Poll<()> {
    if let Some(end) = ending {
        ready!(end.as_mut().poll(cx));
        *ending = None;
    }
    Poll::Ready(())
}

/// Ready when nothing was said for a heartbeat.
fn poll_beat(beat: &mut Option<Pin<Box<Sleep>>>, rhythm: Rhythm, cx: &mut Context<'_>) -> Poll<()> {
    beat.get_or_insert_with(|| Box::pin(sleep(silence(rhythm)))).as_mut().poll(cx)
}

fn silence(rhythm: Rhythm) -> Duration {
    rhythm.heartbeat.max(Duration::from_millis(1))
}

/// How many bytes most streams open with.
const OPENING: usize = 256;

/// Milliseconds after which a client comes back that is not told to wait. Clients take 0 for no advice.
const AT_ONCE: u64 = 1;

fn some(bytes: Vec<u8>) -> Option<Bytes> {
    (!bytes.is_empty()).then(|| Bytes::from(bytes))
}

impl http_body::Body for StreamBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(rest) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        if self.ended {
            return Poll::Ready(None);
        }
        let first = if self.opened { Vec::new() } else { self.open() };
        self.opened = true;
        let opening = first.len();
        self.poll_bytes(first, cx).map(|bytes| {
            let next = Instant::now() + silence(self.rhythm);
            if let Some(beat) = &mut self.beat {
                beat.as_mut().reset(next);
            }
            self.left.spend(bytes.as_ref().map_or(0, |bytes| bytes.len() - opening));
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
