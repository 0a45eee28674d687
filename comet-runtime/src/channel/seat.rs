//! A reader's place at a channel.

use std::sync::Arc;
use std::task::{Context, Poll};

use super::Node;
use super::presence::{Attendance, Stay};
use crate::log::Addressee;
use crate::transport::CutOff;

/// A reader's place; dropping it is leaving.
#[derive(Debug)]
pub(crate) struct Seat {
    node: Arc<Node>,
    number: u64,
    cut_off: Arc<CutOff>,
    /// Where the channel has presence.
    stay: Option<Stay>,
    /// Whether the reader may not stay, so that nobody waits for it to come back.
    banned: bool,
}

impl Seat {
    pub(super) fn new(
        node: Arc<Node>,
        number: u64,
        cut_off: Arc<CutOff>,
        stay: Option<Stay>,
    ) -> Self {
        Self { node, number, cut_off, stay, banned: false }
    }

    /// The newest offset at which the reader was there.
    pub(super) fn since(&self) -> u64 {
        self.stay.as_ref().map_or_else(|| self.node.log.newest(), |stay| stay.since)
    }

    /// The reader is a suspended handler.
    pub(super) fn suspend(&self, addressee: Addressee) {
        self.node.suspend(self.number, addressee);
    }

    /// Who was there then, to be told once.
    pub(super) fn take_attendance(&mut self) -> Option<Attendance> {
        self.stay.as_mut()?.attendance.take()
    }

    /// Who is there now.
    pub(super) fn attendance(&self) -> Option<Attendance> {
        Some(self.node.presence.as_ref()?.attendance(self.stay.as_ref()?))
    }

    /// Ready when the reader has to leave.
    pub(super) fn poll_cut(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.cut_off.poll(cx)
    }

    /// Whether nobody is told of the reader.
    pub(super) fn is_unseen(&self) -> bool {
        self.stay.is_none()
    }

    /// Whether the reader has to leave.
    pub(super) fn is_cut(&self) -> bool {
        self.cut_off.is_cut()
    }

    /// Tells whether the reader has to leave, to whoever writes for it.
    pub(super) fn cut_off(&self) -> Arc<CutOff> {
        Arc::clone(&self.cut_off)
    }

    /// Leaves for good.
    pub(super) fn leave(mut self) {
        self.banned = true;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.node.stand_up(self.number);
        if let (Some(presence), Some(stay)) = (&self.node.presence, &self.stay) {
            presence.go(&self.node, stay, self.banned);
        }
    }
}
