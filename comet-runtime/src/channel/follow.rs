//! Several channels read as one stream, with one cursor.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

use super::seat::Cut;
use super::{
    Attendance, Declaration, GuardFuture, Node, OnGap, Positions, Seat, Slow, Verdict, Who,
};
use crate::error::Error;
use crate::log::{Addressee, Batch, Entry, Epoch, Gap, Reader};

/// Asks again whether a reader may stay.
pub(crate) type AskAgain = Box<dyn Fn() -> GuardFuture + Send>;

/// One channel of a stream.
pub(crate) struct Line {
    node: Arc<Node>,
    reader: Reader,
    /// `None` once the channel has ended for this reader.
    seat: Option<Seat>,
    /// A gap that was there before the first entry: the cursor was of a log that is gone.
    lost: Option<Gap>,
    /// Whether nothing was read yet: a gap that is there already is no sign of a slow reader.
    fresh: bool,
    recheck: Option<Recheck>,
}

/// A verdict that does not last for ever.
struct Recheck {
    ask: AskAgain,
    state: Asking,
}

enum Asking {
    Later(Pin<Box<Sleep>>),
    Now(GuardFuture),
    /// The last verdict was for good.
    Never,
}

/// A stream of channels.
pub(crate) struct Follow {
    lines: Vec<Line>,
    positions: Positions,
    /// The channel that is looked at first, so that a busy one does not starve the others.
    turn: usize,
    /// Why the last channel ended that did.
    ended: Option<&'static str>,
    /// Who reads, if that is a signed-in user.
    user: Option<String>,
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
    pub(crate) fn new(node: Arc<Node>, who: &Who, from: From) -> Self {
        let seat = node.sit(who);
        let (offset, lost) = match from {
            From::Now => (seat.since(), None),
            From::Last(entries) => (node.log.before_last(entries), None),
            // A position that this log has not reached was made by another one of that name.
            From::After(offset) => (offset.min(seat.since()), None),
            From::Elsewhere => {
                let gap = Gap { from: 0, to: node.log.oldest(), reason: "epoch" };
                (node.log.oldest() - 1, Some(gap))
            }
        };
        let reader = node.log.reader(offset);
        Self { node, reader, seat: Some(seat), lost, fresh: true, recheck: None }
    }

    /// The same, asked about again when the verdict has run out; at once if somebody's access was revoked since there
    /// were `revoked` such cases: what the guard knew when it was asked may no longer hold.
    pub(crate) fn rechecked(
        mut self,
        verdict: Verdict,
        revoked: u64,
        ask: impl FnOnce() -> AskAgain,
    ) -> Self {
        if self.node.revoked() != revoked {
            let ask = ask();
            let state = Asking::Now(ask());
            self.recheck = Some(Recheck { ask, state });
        } else if let Some(lifetime) = verdict.lifetime {
            self.recheck = Some(Recheck { ask: ask(), state: later(lifetime) });
        }
        self
    }

    /// The reader is a suspended handler.
    fn suspend(&mut self, addressee: Addressee) {
        self.reader.address(addressee);
        if let Some(seat) = &self.seat {
            seat.suspend(addressee);
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Next> {
        if let Some(gap) = self.lost.take() {
            return Poll::Ready(Next::Gap(gap));
        }
        if let Some(Poll::Ready(Cut::Revoked)) = self.seat.as_mut().map(|seat| seat.poll_cut(cx)) {
            return Poll::Ready(Next::Ended(REVOKED));
        }
        match self.recheck.as_mut().map_or(Standing::Allowed, |recheck| recheck.poll(cx)) {
            Standing::Allowed => {}
            Standing::Asked => return Poll::Pending,
            Standing::Refused => return Poll::Ready(Next::Ended(REVOKED)),
        }
        let fresh = std::mem::take(&mut self.fresh);
        match self.reader.poll_read(cx) {
            Poll::Ready(Some(Batch::Entries(entries))) => Poll::Ready(Next::Entries(entries)),
            Poll::Ready(Some(Batch::Gap(gap))) => Poll::Ready(match self.node.declaration.slow {
                Slow::Cut if !fresh => Next::Ended(SLOW),
                Slow::Cut | Slow::Gap | Slow::Conflate { .. } => Next::Gap(gap),
            }),
            Poll::Ready(None) => Poll::Ready(Next::Ended(CLOSED)),
            Poll::Pending => Poll::Pending,
        }
    }

    fn has_ended(&self) -> bool {
        self.seat.is_none()
    }

    /// Leaves the channel, which has ended for this reader.
    fn end(&mut self, reason: &str) {
        match self.seat.take() {
            Some(seat) if reason == REVOKED => seat.leave(),
            seat => drop(seat),
        }
    }
}

/// Why a reader is cut off that may not follow any longer.
const REVOKED: &str = "revoked";

/// Why a reader is cut off that is slower than a channel with `slow = cut`.
pub(super) const SLOW: &str = "slow";

/// Why a reader ends at a channel that is closed for all.
const CLOSED: &str = "closed";

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
    /// With so many of the newest entries, joins and leaves not counted.
    Last(usize),
    /// After an offset of this very log.
    After(u64),
    /// It comes with a position of a log that is gone.
    Elsewhere,
}

/// How a reader stands with its channel's guard.
enum Standing {
    Allowed,
    /// The verdict has run out and the next one is on its way: until then nothing is handed out.
    Asked,
    Refused,
}

/// Guards are asked no more often than this.
const SHORTEST: Duration = Duration::from_secs(1);

fn later(lifetime: Duration) -> Asking {
    Asking::Later(Box::pin(sleep(lifetime.max(SHORTEST))))
}

impl Recheck {
    fn poll(&mut self, cx: &mut Context<'_>) -> Standing {
        loop {
            self.state = match &mut self.state {
                Asking::Later(sleep) => match sleep.as_mut().poll(cx) {
                    Poll::Ready(()) => Asking::Now((self.ask)()),
                    Poll::Pending => return Standing::Allowed,
                },
                Asking::Now(answer) => match answer.as_mut().poll(cx) {
                    Poll::Ready(Ok(Verdict { lifetime: Some(lifetime) })) => later(lifetime),
                    Poll::Ready(Ok(Verdict { lifetime: None })) => Asking::Never,
                    Poll::Ready(Err(error)) => {
                        refused(&error);
                        return Standing::Refused;
                    }
                    Poll::Pending => return Standing::Asked,
                },
                Asking::Never => return Standing::Allowed,
            };
        }
    }
}

fn refused(error: &Error) {
    tracing::debug!(%error, "a reader lost its access");
}

fn positions(lines: &[Line]) -> Positions {
    let mut positions = Positions::default();
    for line in lines {
        // Until a reader has heard that its position was lost, it comes back with one that still is.
        let epoch = if line.lost.is_some() { Epoch::NONE } else { line.node.log.epoch() };
        positions.push(epoch, line.reader.seen());
    }
    positions
}

impl Follow {
    pub(crate) fn new(lines: Vec<Line>) -> Self {
        Self { positions: positions(&lines), lines, turn: 0, ended: None, user: None }
    }

    /// The same, read by a user: what tabs of one browser know from that they are not two people's.
    pub(crate) fn by(mut self, user: Option<&str>) -> Self {
        self.user = user.map(str::to_owned);
        self
    }

    pub(crate) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The reader of all its channels is a suspended handler.
    pub(super) fn suspend(&mut self, addressee: Addressee) {
        self.lines.iter_mut().for_each(|line| line.suspend(addressee));
    }

    /// Where the stream stands: the cursor to come back with.
    pub(crate) fn positions(&self) -> &Positions {
        &self.positions
    }

    /// Where the stream stands when it has handed out the given entry of the given channel.
    pub(crate) fn position_at(&mut self, index: usize, offset: u64) -> &Positions {
        if let Some(line) = self.lines.get(index) {
            self.positions.advance(index, line.node.log.epoch(), offset);
        }
        &self.positions
    }

    /// Whether every channel has ended for this reader, so that there is nothing to come back for.
    pub(crate) fn is_over(&self) -> bool {
        !self.is_cut() && self.lines.iter().all(Line::has_ended)
    }

    /// Whether the reader was too slow for one of the channels and has to come back.
    pub(crate) fn is_cut(&self) -> bool {
        self.ended == Some(SLOW)
    }

    /// Whether the last channel that ended was closed: not cut off from this reader alone.
    pub(crate) fn is_closed(&self) -> bool {
        self.ended == Some(CLOSED)
    }

    /// Follows more channels.
    pub(crate) fn add(&mut self, lines: Vec<Line>) {
        self.lines.extend(lines);
        self.settle();
    }

    /// Follows the channels of these names no longer.
    pub(crate) fn stop(&mut self, names: &[String]) {
        let named = |line: &&mut Line| names.iter().any(|name| *name == *line.node.name);
        let seats = self.lines.iter_mut().filter(named).filter_map(|line| line.seat.take());
        // Nobody waits for who has said that it goes.
        seats.for_each(Seat::leave);
        self.settle();
    }

    /// Forgets what has ended; positions keep the order of the channels.
    fn settle(&mut self) {
        self.lines.retain(|line| !line.has_ended());
        self.positions = positions(&self.lines);
        self.turn = 0;
    }

    /// What is said of the channel, if there is no other.
    pub(crate) fn only(&self) -> Option<&'static Declaration> {
        match self.lines.as_slice() {
            [line] => Some(line.node.declaration),
            _ => None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(crate) fn name(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |line| &line.node.name)
    }

    /// The logs that it reads.
    pub(crate) fn epochs(&self) -> impl Iterator<Item = Epoch> {
        self.lines.iter().map(|line| line.node.log.epoch())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| &*line.node.name)
    }

    /// Who was there when the stream began, by channel; it is told once.
    pub(crate) fn attendances(&mut self) -> BTreeMap<String, Attendance> {
        let told = self.lines.iter_mut().filter_map(|line| {
            let attendance = line.seat.as_mut()?.take_attendance()?;
            Some((line.node.name.to_string(), attendance))
        });
        told.collect()
    }

    /// Who is at a channel now.
    pub(super) fn attendance(&self, index: usize) -> Option<Attendance> {
        self.lines.get(index)?.seat.as_ref()?.attendance()
    }

    pub(crate) fn on_gap(&self, index: usize) -> OnGap {
        self.lines.get(index).map_or(OnGap::Replay, |line| line.node.declaration.on_gap)
    }

    /// What there is next, of any channel; `None` when all have ended or the reader was cut off.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Delivery>> {
        if self.is_cut() {
            return Poll::Ready(None);
        }
        let count = self.lines.len();
        for step in 0..count {
            let index = (self.turn + step) % count;
            let Some(line) = self.lines.get_mut(index).filter(|line| !line.has_ended()) else {
                continue;
            };
            let Poll::Ready(next) = line.poll(cx) else { continue };
            self.turn = (index + 1) % count;
            return Poll::Ready(Some(match next {
                Next::Entries(entries) => Delivery::Entries(index, entries),
                Next::Gap(gap) => {
                    self.positions.advance(index, line.node.log.epoch(), gap.to - 1);
                    Delivery::Gap(index, gap)
                }
                Next::Ended(reason) => {
                    line.end(reason);
                    self.ended = Some(reason);
                    Delivery::Ended(index, reason)
                }
            }));
        }
        if self.lines.iter().all(Line::has_ended) { Poll::Ready(None) } else { Poll::Pending }
    }
}
