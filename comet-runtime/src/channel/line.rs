//! One channel of a stream: its reader, its seat, and whether it may stay.

use std::sync::Arc;
use std::task::{Context, Poll};

use super::recheck::{Recheck, Standing};
use super::{AskAgain, Attendance, Declaration, Node, Seat, Slow, Verdict, Who};
use crate::error::Error;
use crate::log::{Addressee, Batch, Entry, Epoch, Gap, Reader};
use crate::transport::Rider;

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

/// Why a channel ends for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// It was closed for all.
    Closed,
    /// The reader may not follow any longer.
    Revoked,
    /// The reader is slower than a channel with `slow = cut`.
    Slow,
    /// Whether the reader may stay cannot be told now: it has to come back and ask.
    Unknown,
}

impl Cause {
    /// As readers are told.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Revoked => "revoked",
            Self::Slow => "slow",
            Self::Unknown => "unknown",
        }
    }
}

/// What a channel has for its reader.
pub(super) enum Next {
    Entries(Vec<Arc<Entry>>),
    Gap(Gap),
    Ended(Cause),
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
                // Looked at once: others publish meanwhile, and what they push out belongs to the next gap.
                let oldest = node.log.oldest();
                (oldest - 1, Some(Gap { from: 0, to: oldest, reason: "epoch" }))
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
            self.recheck = Some(Recheck::now(ask()));
            // Who is there is for those who may follow, and is told before the answer has come.
            drop(self.take_attendance());
        } else if let Some(lifetime) = verdict.lifetime {
            self.recheck = Some(Recheck::after(lifetime, ask()));
        }
        self
    }

    /// Whether nobody sees the reader come and go.
    pub(super) fn is_unseen(&self) -> bool {
        self.seat.as_ref().is_none_or(Seat::is_unseen)
    }

    /// Begins anew after an offset of its log; `false` where a reader that comes now would find anything but what this one
    /// has, or be told something.
    pub(super) fn renew(&mut self, offset: u64) -> bool {
        let stays = self.seat.as_ref().is_some_and(|seat| seat.is_unseen() && !seat.is_cut());
        let settled = stays && self.recheck.is_none() && self.lost.is_none();
        let newest = self.node.log.newest_so_far().filter(|_| settled);
        let Some(newest) = newest else { return false };
        self.reader.begin_after(offset.min(newest));
        self.fresh = true;
        true
    }

    /// The reader is a suspended handler.
    pub(super) fn suspend(&mut self, addressee: Addressee) {
        self.reader.address(addressee);
        if let Some(seat) = &self.seat {
            seat.suspend(addressee);
        }
    }

    /// Lets a lane write what this reader would read next, if it stands where it would only wait, and if nobody has to be
    /// asked from time to time whether it may.
    pub(super) fn step_aside(&mut self) -> Option<Rider> {
        let cut_off = self.seat.as_ref()?.cut_off();
        if self.lost.is_some() || self.recheck.is_some() {
            return None;
        }
        self.reader.step_aside();
        Some(Rider { lane: self.node.lane(), next: self.reader.seen() + 1, cut_off })
    }

    /// Ready when the reader was cut off.
    pub(super) fn poll_aside(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.seat.as_ref().map_or(Poll::Pending, |seat| seat.poll_cut(cx))
    }

    /// Goes on reading itself, from an offset on.
    pub(super) fn step_back(&mut self, next: u64) {
        self.reader.go_on(next);
    }

    /// What there is next. Whoever may not follow any longer hears that and nothing else.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Next> {
        if self.poll_aside(cx).is_ready() {
            return Poll::Ready(Next::Ended(Cause::Revoked));
        }
        match self.recheck.as_mut().map_or(Standing::Allowed, |recheck| recheck.poll(cx)) {
            Standing::Allowed => {}
            Standing::Asked => return Poll::Pending,
            Standing::Lost(error) => return Poll::Ready(Next::Ended(self.lose(&error))),
        }
        if let Some(gap) = self.lost.take() {
            return Poll::Ready(Next::Gap(gap));
        }
        let fresh = std::mem::take(&mut self.fresh);
        match self.reader.poll_read(cx) {
            Poll::Ready(Some(Batch::Entries(entries))) => Poll::Ready(Next::Entries(entries)),
            Poll::Ready(Some(Batch::Gap(gap))) => Poll::Ready(match self.node.declaration.slow {
                Slow::Cut if !fresh => Next::Ended(Cause::Slow),
                Slow::Cut | Slow::Gap | Slow::Conflate { .. } => Next::Gap(gap),
            }),
            Poll::Ready(None) => Poll::Ready(Next::Ended(Cause::Closed)),
            Poll::Pending => Poll::Pending,
        }
    }

    /// What it means that the guard did not let the reader stay.
    fn lose(&self, error: &Error) -> Cause {
        let channel = self.name();
        if error.status().is_server_error() {
            tracing::error!(channel, ?error, "nobody can tell now whether a reader may stay");
            return Cause::Unknown;
        }
        tracing::debug!(channel, %error, "a reader lost its access");
        Cause::Revoked
    }

    pub(super) fn has_ended(&self) -> bool {
        self.seat.is_none()
    }

    /// Whether more may come.
    pub(super) fn goes_on(&self) -> bool {
        !self.has_ended() && !self.node.log.is_closed()
    }

    /// The channel has ended for this reader.
    pub(super) fn end(&mut self, cause: Cause) {
        match cause {
            // Nobody waits for who may not come back.
            Cause::Revoked => self.leave(),
            Cause::Closed | Cause::Slow | Cause::Unknown => self.seat = None,
        }
    }

    /// Leaves the channel for good.
    pub(super) fn leave(&mut self) {
        if let Some(seat) = self.seat.take() {
            seat.leave();
        }
    }

    /// Where the reader stands. Until it has heard that its position was lost, it comes back with one that still is.
    pub(super) fn position(&self) -> (Epoch, u64) {
        let epoch = if self.lost.is_some() { Epoch::NONE } else { self.epoch() };
        (epoch, self.reader.seen())
    }

    pub(super) fn epoch(&self) -> Epoch {
        self.node.log.epoch()
    }

    pub(super) fn node(&self) -> &Arc<Node> {
        &self.node
    }

    pub(crate) fn name(&self) -> &str {
        &self.node.name
    }

    pub(super) fn declaration(&self) -> &'static Declaration {
        self.node.declaration
    }

    /// Who was there when the reader came; it is told once.
    pub(super) fn take_attendance(&mut self) -> Option<Attendance> {
        self.seat.as_mut()?.take_attendance()
    }

    /// Who is there now.
    pub(super) fn attendance(&self) -> Option<Attendance> {
        self.seat.as_ref()?.attendance()
    }
}
