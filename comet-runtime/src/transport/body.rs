//! The body of a streamed response: it reads a run's log and puts a framing around each entry.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::Frame;
use serde::Serialize;
use tokio::time::{Instant, Sleep, sleep};

use super::message::Message;
use super::{Rhythm, Transport};
use crate::log::Batch;
use crate::run::Run;

/// Resolves when the stream has to say `bye` and end: the server goes away.
pub(crate) type Ending = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A run on its way to one client. Dropping it is how a run learns that its client has gone.
pub(crate) struct StreamBody {
    transport: Transport,
    run: Run,
    rhythm: Rhythm,
    /// When the stream says that it is alive, unless something else is said before.
    beat: Pin<Box<Sleep>>,
    ending: Ending,
    opened: bool,
    ended: bool,
}

#[derive(Serialize)]
struct Hello {
    cursor: String,
    heartbeat: u128,
    #[serde(skip_serializing_if = "Option::is_none")]
    resume: Option<u128>,
}

#[derive(Serialize)]
struct Bye {
    after: u64,
}

#[derive(Serialize)]
struct Nothing {}

impl StreamBody {
    pub(super) fn new(transport: Transport, run: Run, rhythm: Rhythm, ending: Ending) -> Self {
        let beat = Box::pin(sleep(rhythm.heartbeat));
        Self { transport, run, rhythm, beat, ending, opened: false, ended: false }
    }

    fn open(&mut self, out: &mut Vec<u8>) {
        self.opened = true;
        out.extend_from_slice(self.transport.opening());
        let hello = Hello {
            cursor: self.run.cursor().to_string(),
            heartbeat: self.rhythm.heartbeat.as_millis(),
            resume: self.rhythm.resume.map(|resume| resume.as_millis()),
        };
        self.say("hello", &hello, out);
    }

    fn put(&self, batch: &Batch, out: &mut Vec<u8>) {
        match batch {
            Batch::Entries(entries) => {
                for entry in entries {
                    out.extend_from_slice(&self.transport.entry(entry));
                }
            }
            Batch::Gap(gap) => self.say("gap", gap, out),
        }
    }

    /// Ends the stream: the handler is asked once more, then what it has written is said, and `bye` unless the last of
    /// it was the end anyway.
    fn leave(&mut self, out: &mut Vec<u8>, cx: &mut Context<'_>) {
        self.ended = true;
        let mut next = self.run.poll_entries(cx);
        while let Poll::Ready(Some(batch)) = &next {
            self.put(batch, out);
            next = self.run.poll_written(cx);
        }
        if next.is_pending() {
            self.say("bye", &Bye { after: jitter() }, out);
        }
    }

    fn say(&self, event: &str, data: &impl Serialize, out: &mut Vec<u8>) {
        self.transport.write(&Message::control(event, data), out);
    }

    /// What can be sent now, after what `out` holds already.
    fn poll_bytes(&mut self, mut out: Vec<u8>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        // Asked first: a handler that always has something to say must hear of the end as well.
        if self.ending.as_mut().poll(cx).is_ready() {
            self.leave(&mut out, cx);
            return Poll::Ready((!out.is_empty()).then(|| Bytes::from(out)));
        }
        match self.run.poll_entries(cx) {
            Poll::Ready(Some(batch)) => {
                // A lone entry goes out as the bytes that all its readers share.
                if let (Some(entry), true) = (batch.lone(), out.is_empty()) {
                    return Poll::Ready(Some(self.transport.entry(entry)));
                }
                self.put(&batch, &mut out);
            }
            Poll::Ready(None) => self.ended = true,
            Poll::Pending if self.beat.as_mut().poll(cx).is_ready() => {
                self.say("beat", &Nothing {}, &mut out);
            }
            Poll::Pending if out.is_empty() => return Poll::Pending,
            Poll::Pending => {}
        }
        Poll::Ready((!out.is_empty()).then(|| Bytes::from(out)))
    }
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
            self.open(&mut out);
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
