//! What a streamed response reads: a run, or channels.

use std::fmt::Display;
use std::task::{Context, Poll};

use bytes::Bytes;
use serde::Serialize;

use super::lane::Rider;
use super::message::Message;
use super::multipart::Parts;
use super::{Rhythm, Transport};
use crate::log::{Batch, Entry};
use crate::run::Run;

/// A source of messages for one client. Dropping it is how its writers learn that the client has gone.
pub(crate) trait Feed: Send {
    /// The media type of its entries, where they can be sent as the bytes they are.
    fn media(&self) -> Option<&'static str> {
        None
    }

    /// Says `hello`: where the stream begins.
    fn hello(&mut self, rhythm: Rhythm, out: &mut Outlet<'_>);

    /// Puts what there is to say into `out`.
    fn poll(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> Poll<Fed>;

    /// Lets somebody else write its entries, framed as all its readers get them, from where it stands; `None` when it
    /// cannot. Until it steps back it is asked for nothing.
    fn step_aside(&mut self) -> Option<Rider> {
        None
    }

    /// Ready when it has something to say of its own while it stands aside.
    fn poll_aside(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }

    /// Goes on from the offset that was written up to.
    fn step_back(&mut self, _: u64) {}

    /// Puts what there still is to say into `out`, as the server goes away. Whether that was the end anyway.
    ///
    /// What is more than `LAST_WORDS` stays for whoever comes back: all clients are told at once, and some of them are a
    /// whole history behind.
    fn leave(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> bool {
        while out.bytes.len() < LAST_WORDS {
            match self.poll(out, cx) {
                Poll::Ready(Fed::Ended) => return true,
                Poll::Ready(Fed::Shared(bytes)) => out.put(&bytes),
                Poll::Ready(Fed::Written) => {}
                Poll::Pending => return false,
            }
        }
        false
    }
}

/// How many bytes a client is told at least before the server goes away, if there are so many.
const LAST_WORDS: usize = 64 * 1024;

/// What a feed has done.
#[derive(Debug)]
pub(crate) enum Fed {
    /// It has put messages into the outlet.
    Written,
    /// It has this message's bytes alone, shared with all other readers.
    Shared(Bytes),
    /// It has nothing more to say, ever.
    Ended,
}

/// Bytes on their way to one client, and the framing they get.
#[derive(Debug)]
pub(crate) struct Outlet<'a> {
    pub(crate) transport: Transport,
    pub(crate) bytes: &'a mut Vec<u8>,
    pub(super) parts: Option<&'a Parts>,
}

impl<'a> Outlet<'a> {
    /// An outlet with nothing around its messages.
    pub(crate) fn new(transport: Transport, bytes: &'a mut Vec<u8>) -> Self {
        Self { transport, bytes, parts: None }
    }

    /// Whether entries are sent as the bytes they are: then there is no place for anything else.
    pub(crate) fn is_raw(&self) -> bool {
        self.parts.is_some_and(|parts| parts.raw)
    }

    /// Says something of the stream itself, which is no entry of any log.
    pub(crate) fn say(&mut self, event: &str, data: &impl Serialize) {
        self.write(&Message::control(event, data));
    }

    /// The same, with the position that a reader has then.
    pub(crate) fn say_at(&mut self, id: &dyn Display, event: &str, data: &impl Serialize) {
        self.write(&Message { id: Some(id), ..Message::control(event, data) });
    }

    /// Says that the stream is alive.
    pub(crate) fn beat(&mut self) {
        self.say("beat", &Nothing {});
    }

    /// Says that the server goes away.
    pub(crate) fn bye(&mut self) {
        self.bye_after(jitter());
    }

    /// Says that the stream ends and is to be taken up again in so many milliseconds.
    pub(super) fn bye_after(&mut self, after: u64) {
        self.say("bye", &Bye { after });
    }

    pub(crate) fn write(&mut self, message: &Message<'_>) {
        if self.is_raw() {
            return;
        }
        self.transport.write(message, self.bytes);
        self.end();
    }

    /// Puts the bytes of a message that all readers share.
    pub(crate) fn put(&mut self, message: &[u8]) {
        self.bytes.extend_from_slice(message);
        self.end();
    }

    /// An entry's bytes as the message that all its readers get.
    pub(crate) fn shared<'e>(
        &self,
        entry: &'e Entry,
        message: impl FnOnce(&'e Entry) -> Message<'e>,
    ) -> Bytes {
        self.transport.shared(entry, message)
    }

    fn end(&mut self) {
        if let Some(parts) = self.parts {
            self.bytes.extend_from_slice(parts.delimiter());
        }
    }
}

#[derive(Serialize)]
struct Bye {
    after: u64,
}

#[derive(Serialize)]
struct Nothing {}

/// Milliseconds after which a client comes back, spread so that not all come at once.
fn jitter() -> u64 {
    let mut random = [0; 2];
    // Without randomness all come after the same second, which is still correct.
    let _ = getrandom::fill(&mut random);
    500 + u64::from(u16::from_le_bytes(random)) % 2500
}

#[derive(Serialize)]
struct Hello {
    cursor: String,
    heartbeat: u128,
    #[serde(skip_serializing_if = "Option::is_none")]
    resume: Option<u128>,
}

impl Feed for Run {
    fn hello(&mut self, rhythm: Rhythm, out: &mut Outlet<'_>) {
        let hello = Hello {
            cursor: self.cursor().to_string(),
            heartbeat: rhythm.heartbeat.as_millis(),
            resume: rhythm.resume.map(|resume| resume.as_millis()),
        };
        out.say("hello", &hello);
    }

    fn poll(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> Poll<Fed> {
        self.poll_entries(cx).map(|batch| match batch {
            None => Fed::Ended,
            // A lone entry goes out as the bytes that all its readers share.
            Some(batch) => match batch.lone().filter(|_| out.bytes.is_empty()) {
                Some(entry) => Fed::Shared(out.shared(entry, Message::of)),
                None => put(&batch, out),
            },
        })
    }

    /// The handler is asked once more, then what it has written is said.
    fn leave(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> bool {
        self.last_words(cx, |batch| drop(put(batch, out)))
    }
}

fn put(batch: &Batch, out: &mut Outlet<'_>) -> Fed {
    match batch {
        Batch::Entries(entries) => {
            for entry in entries {
                let bytes = out.shared(entry, Message::of);
                out.put(&bytes);
            }
        }
        Batch::Gap(gap) => out.say("gap", gap),
    }
    Fed::Written
}
