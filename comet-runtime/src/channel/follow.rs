//! Several channels read as one stream, with one cursor.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::line::Next;
use super::{Attendance, Cause, Declaration, Line, Node, OnGap, Positions};
use crate::log::{Addressee, Entry, Epoch, Gap};
use crate::transport::Rider;

/// A stream of channels.
pub(crate) struct Follow {
    lines: Vec<Line>,
    positions: Positions,
    /// The channel that is looked at first, so that a busy one does not starve the others.
    turn: usize,
    /// Why the last channel ended that did.
    ended: Option<Cause>,
    /// Who reads, if that is a signed-in user.
    user: Option<String>,
}

/// Something for the reader.
#[derive(Debug)]
pub(crate) enum Delivery {
    Entries(usize, Vec<Arc<Entry>>),
    Gap(usize, Gap),
    Ended(usize, Cause),
}

fn positions(lines: &[Line]) -> Positions {
    lines.iter().map(Line::position).collect()
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

    /// Whether nobody sees the reader come and go.
    pub(crate) fn is_unseen(&self) -> bool {
        self.lines.iter().all(Line::is_unseen)
    }

    /// Begins anew, for the same reader that comes with these positions; `false` where it would find anything but what it
    /// has. Then it is of no use any more.
    pub(crate) fn renew(&mut self, positions: &Positions) -> bool {
        if self.is_cut() || positions.has_other_than(&self.lines.iter().map(Line::epoch)) {
            return false;
        }
        self.turn = 0;
        self.lines.iter_mut().enumerate().all(|(index, line)| {
            let Some(offset) = positions.in_log(line.epoch()) else { return false };
            let renewed = line.renew(offset);
            let (epoch, offset) = line.position();
            self.positions.advance(index, epoch, offset);
            renewed
        })
    }

    /// The reader of all its channels is a suspended handler.
    pub(super) fn suspend(&mut self, addressee: Addressee) {
        self.lines.iter_mut().for_each(|line| line.suspend(addressee));
    }

    /// Lets a lane write its entries, if it is of one channel: several have a position together that is of one reader
    /// alone.
    pub(crate) fn step_aside(&mut self) -> Option<Rider> {
        match self.lines.as_mut_slice() {
            [line] => line.step_aside(),
            _ => None,
        }
    }

    /// Ready when there is something to say that only this reader is told.
    pub(crate) fn poll_aside(&self, cx: &mut Context<'_>) -> Poll<()> {
        match self.lines.as_slice() {
            [line] => line.poll_aside(cx),
            _ => Poll::Ready(()),
        }
    }

    /// Goes on reading itself, from an offset on.
    pub(crate) fn step_back(&mut self, next: u64) {
        if let [line] = self.lines.as_mut_slice() {
            line.step_back(next);
            self.position_at(0, next - 1);
        }
    }

    /// Where the stream stands: the cursor to come back with.
    pub(crate) fn positions(&self) -> &Positions {
        &self.positions
    }

    /// Where the stream stands when it has handed out the given entry of the given channel.
    pub(crate) fn position_at(&mut self, index: usize, offset: u64) -> &Positions {
        if let Some(line) = self.lines.get(index) {
            self.positions.advance(index, line.epoch(), offset);
        }
        &self.positions
    }

    /// Whether every channel has ended for this reader, so that there is nothing to come back for.
    pub(crate) fn is_over(&self) -> bool {
        !self.is_cut() && self.lines.iter().all(Line::has_ended)
    }

    /// Why the last channel ended that did.
    pub(crate) fn ended(&self) -> Option<Cause> {
        self.ended
    }

    /// Whether the reader has to come back, whatever else it follows.
    pub(crate) fn is_cut(&self) -> bool {
        matches!(self.ended, Some(Cause::Slow | Cause::Unknown))
    }

    /// The channels, for another stream to follow.
    pub(super) fn into_lines(self) -> Vec<Line> {
        self.lines
    }

    /// Follows more channels.
    pub(crate) fn add(&mut self, lines: Vec<Line>) {
        self.lines.extend(lines);
        self.settle();
    }

    /// Follows the channels of these names no longer.
    pub(crate) fn stop(&mut self, names: &[String]) {
        let named = |line: &&mut Line| names.iter().any(|name| name == line.name());
        // Nobody waits for who has said that it goes.
        self.lines.iter_mut().filter(named).for_each(Line::leave);
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
            [line] => Some(line.declaration()),
            _ => None,
        }
    }

    /// Whether there is one channel, which goes on.
    pub(super) fn goes_on_alone(&self) -> bool {
        matches!(self.lines.as_slice(), [line] if line.goes_on())
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn node(&self, index: usize) -> Option<&Arc<Node>> {
        self.lines.get(index).map(Line::node)
    }

    pub(crate) fn name(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", Line::name)
    }

    /// The channels that have not ended for this reader.
    fn open(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.has_ended())
    }

    /// The logs that it reads.
    pub(crate) fn epochs(&self) -> impl Iterator<Item = Epoch> {
        self.open().map(Line::epoch)
    }

    /// The names of what it reads.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.open().map(Line::name)
    }

    /// Who was there when the stream began, by channel; it is told once.
    pub(crate) fn attendances(&mut self) -> BTreeMap<String, Attendance> {
        let told = self.lines.iter_mut().filter_map(|line| {
            let attendance = line.take_attendance()?;
            Some((line.name().to_owned(), attendance))
        });
        told.collect()
    }

    /// Who is at a channel now.
    pub(super) fn attendance(&self, index: usize) -> Option<Attendance> {
        self.lines.get(index)?.attendance()
    }

    pub(crate) fn on_gap(&self, index: usize) -> OnGap {
        self.lines.get(index).map_or(OnGap::Replay, |line| line.declaration().on_gap)
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
            return Poll::Ready(self.hand_out(index, next));
        }
        if self.lines.iter().all(Line::has_ended) { Poll::Ready(None) } else { Poll::Pending }
    }

    fn hand_out(&mut self, index: usize, next: Next) -> Option<Delivery> {
        let line = self.lines.get_mut(index)?;
        Some(match next {
            Next::Entries(entries) => Delivery::Entries(index, entries),
            Next::Gap(gap) => {
                self.positions.advance(index, line.epoch(), gap.to - 1);
                Delivery::Gap(index, gap)
            }
            Next::Ended(cause) => {
                line.end(cause);
                self.ended = Some(cause);
                // Whoever comes back is told by the guard's own answer.
                if cause == Cause::Unknown {
                    return None;
                }
                Delivery::Ended(index, cause)
            }
        })
    }
}
