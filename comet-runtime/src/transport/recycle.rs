//! Streams that end themselves so that their clients begin them anew.
//!
//! A browser keeps all of a response that a frame or an `XMLHttpRequest` reads, for as long as the response lasts.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

/// How long a stream lasts at most, for a client that can go on by its cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Recycling {
    /// Bytes of messages, those of `hello` not among them; it ends after the message that reaches them.
    pub(crate) bytes: Option<usize>,
    pub(crate) age: Option<Duration>,
}

/// What is left of one stream.
#[derive(Debug, Default)]
pub(super) struct Left {
    bytes: Option<usize>,
    age: Option<Pin<Box<Sleep>>>,
}

impl Left {
    pub(super) fn new(recycling: Recycling) -> Self {
        Self { bytes: recycling.bytes, age: recycling.age.map(|age| Box::pin(sleep(age))) }
    }

    /// How many bytes are left, if they are counted.
    pub(super) fn bytes(&self) -> Option<usize> {
        self.bytes
    }

    /// Notes that so many bytes are on their way.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.bytes = self.bytes.map(|left| left.saturating_sub(bytes));
    }

    /// Ready when nothing is left.
    pub(super) fn poll_spent(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match &mut self.age {
            _ if self.bytes == Some(0) => Poll::Ready(()),
            Some(age) => age.as_mut().poll(cx),
            None => Poll::Pending,
        }
    }
}
