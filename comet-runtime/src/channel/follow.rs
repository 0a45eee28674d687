//! Several channels read as one stream, with one cursor.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::time::{Sleep, sleep};

use super::node::Cut;
use super::{GuardFuture, Node, OnGap, Positions, Seat, Slow, Verdict};
use crate::error::Error;
use crate::log::{Batch, Entry, Gap, Reader};

/// Asks again whether a reader may stay.
pub(crate) type AskAgain = Box<dyn Fn() -> GuardFuture + Send>;

/// One channel of a stream.
pub(crate) struct Line {
    node: Arc<Node>,
    reader: Reader,
    seat: Seat,
    /// A gap that was there before the first entry: the cursor was of a log that is gone.
    lost: Option<Gap>,
    recheck: Option<Recheck>,
    ended: bool,
}

/// A verdict that does not last for ever.
struct Recheck {
    ask: AskAgain,
    state: Asking,
}

enum Asking {
    Later(Pin<Box<Sleep>>),
    Now(GuardFuture),
}

/// A stream of channels.
pub(crate) struct Follow {
    lines: Vec<Line>,
    positions: Positions,
    /// The channel that is looked at first, so that a busy one does not starve the others.
    turn: usize,
}

/// Something for the reader.
#[derive(Debug)]
pub(crate) enum Delivery {
    Entries(usize, Vec<Arc<Entry>>),
    Gap(usize, Gap),
    Ended(usize, &'static str),
}

impl Line {
    /// A channel from a position on.
    pub(crate) fn new(node: Arc<Node>, user: Option<&str>, from: From) -> Self {
        let seat = node.sit(user);
        let newest = node.log.newest();
        let (offset, lost) = match from {
            From::Now => (newest, None),
            From::Last(entries) => {
                (newest.saturating_sub(entries).max(node.log.oldest() - 1), None)
            }
            // A position that this log has not reached was made by another one of that name.
            From::After(offset) => (offset.min(newest), None),
            From::Elsewhere => {
                let gap = Gap { from: 0, to: node.log.oldest(), reason: "epoch" };
                (node.log.oldest() - 1, Some(gap))
            }
        };
        let reader = node.log.reader(offset);
        Self { node, reader, seat, lost, recheck: None, ended: false }
    }

    /// The same, asked about again when the verdict has run out.
    pub(crate) fn rechecked(mut self, verdict: Verdict, ask: AskAgain) -> Self {
        self.recheck = verdict.lifetime.map(|lifetime| {
            let state = Asking::Later(Box::pin(sleep(lifetime)));
            Recheck { ask, state }
        });
        self
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Next> {
        if let Some(gap) = self.lost.take() {
            return Poll::Ready(Next::Gap(gap));
        }
        if let Poll::Ready(Cut::Revoked) = self.seat.poll_cut(cx) {
            return Poll::Ready(Next::Ended("revoked"));
        }
        if self.recheck.as_mut().is_some_and(|recheck| recheck.poll_refused(cx).is_ready()) {
            return Poll::Ready(Next::Ended("revoked"));
        }
        match self.reader.poll_read(cx) {
            Poll::Ready(Some(Batch::Entries(entries))) => Poll::Ready(Next::Entries(entries)),
            Poll::Ready(Some(Batch::Gap(gap))) => Poll::Ready(match self.node.declaration.slow {
                Slow::Gap => Next::Gap(gap),
                Slow::Cut => Next::Ended("slow"),
            }),
            Poll::Ready(None) => Poll::Ready(Next::Ended("closed")),
            Poll::Pending => Poll::Pending,
        }
    }
}

enum Next {
    Entries(Vec<Arc<Entry>>),
    Gap(Gap),
    Ended(&'static str),
}

/// Where a reader of a channel begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum From {
    /// With what is published next.
    Now,
    /// With so many of the newest entries.
    Last(u64),
    /// After an offset of this very log.
    After(u64),
    /// It comes with a position of a log that is gone.
    Elsewhere,
}

impl Recheck {
    /// Ready when the answer has become no.
    fn poll_refused(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            self.state = match &mut self.state {
                Asking::Later(sleep) => match sleep.as_mut().poll(cx) {
                    Poll::Ready(()) => Asking::Now((self.ask)()),
                    Poll::Pending => return Poll::Pending,
                },
                Asking::Now(answer) => match answer.as_mut().poll(cx) {
                    Poll::Ready(Ok(Verdict { lifetime: Some(lifetime) })) => {
                        Asking::Later(Box::pin(sleep(lifetime)))
                    }
                    // Yes, for good: there is nothing to wait for any more.
                    Poll::Ready(Ok(Verdict { lifetime: None })) => {
                        Asking::Now(Box::pin(std::future::pending()))
                    }
                    Poll::Ready(Err(error)) => {
                        refused(&error);
                        return Poll::Ready(());
                    }
                    Poll::Pending => return Poll::Pending,
                },
            };
        }
    }
}

fn refused(error: &Error) {
    tracing::debug!(%error, "a reader lost its access");
}

impl Follow {
    pub(crate) fn new(lines: Vec<Line>) -> Self {
        let mut positions = Positions::default();
        for line in &lines {
            positions.push(line.node.log.epoch(), line.reader.seen());
        }
        Self { lines, positions, turn: 0 }
    }

    /// Where the stream stands: the cursor to come back with.
    pub(crate) fn positions(&self) -> &Positions {
        &self.positions
    }

    /// Where the stream stands when it has handed out the given entry of the given channel.
    pub(crate) fn position_at(&mut self, index: usize, offset: u64) -> &Positions {
        self.positions.advance(index, offset);
        &self.positions
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(crate) fn name(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |line| &line.node.name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| &*line.node.name)
    }

    pub(crate) fn on_gap(&self, index: usize) -> OnGap {
        self.lines.get(index).map_or(OnGap::Replay, |line| line.node.declaration.on_gap)
    }

    /// What there is next, of any channel; `None` when all have ended.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Delivery>> {
        let count = self.lines.len();
        for step in 0..count {
            let index = (self.turn + step) % count;
            let Some(line) = self.lines.get_mut(index).filter(|line| !line.ended) else { continue };
            let Poll::Ready(next) = line.poll(cx) else { continue };
            self.turn = (index + 1) % count;
            return Poll::Ready(Some(match next {
                Next::Entries(entries) => Delivery::Entries(index, entries),
                Next::Gap(gap) => {
                    self.positions.advance(index, gap.to - 1);
                    Delivery::Gap(index, gap)
                }
                Next::Ended(reason) => {
                    line.ended = true;
                    Delivery::Ended(index, reason)
                }
            }));
        }
        if self.lines.iter().all(|line| line.ended) { Poll::Ready(None) } else { Poll::Pending }
    }
}
