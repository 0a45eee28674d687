//! Positions in several logs at once: the cursor of a stream of channels.

use std::fmt;

use crate::log::{At, Cursor, Epoch};

/// One position a log, joined with `~` on the wire; told apart by their epochs, so that their order does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Positions(Vec<(Epoch, u64)>);

impl Positions {
    /// Reads a cursor of any number of parts. What is no position does not count: it is as if it had not been sent.
    pub(crate) fn read(text: &str) -> Self {
        let parts = text.split('~').take(MOST).filter_map(|part| part.parse::<Cursor>().ok());
        Self(
            parts
                .filter_map(|cursor| match cursor.at() {
                    At::Entry(epoch, offset) => Some((epoch, offset)),
                    At::Done => None,
                })
                .collect(),
        )
    }

    /// The same of bytes; none in what is no text.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        std::str::from_utf8(bytes).map(Self::read).unwrap_or_default()
    }

    /// The offset that was seen last in the log of that epoch.
    pub(crate) fn in_log(&self, epoch: Epoch) -> Option<u64> {
        self.0.iter().find(|(own, _)| *own == epoch).map(|(_, offset)| *offset)
    }

    /// Whether there is a position of none of these logs.
    pub(crate) fn has_other_than(&self, epochs: &(impl Iterator<Item = Epoch> + Clone)) -> bool {
        self.0.iter().any(|(epoch, _)| !epochs.clone().any(|known| known == *epoch))
    }

    /// Whether there is none: whoever sends it comes for the first time.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes how far a log was read.
    pub(super) fn advance(&mut self, index: usize, epoch: Epoch, to: u64) {
        if let Some(position) = self.0.get_mut(index) {
            *position = (epoch, to);
        }
    }
}

impl FromIterator<(Epoch, u64)> for Positions {
    fn from_iter<I: IntoIterator<Item = (Epoch, u64)>>(positions: I) -> Self {
        Self(positions.into_iter().collect())
    }
}

/// More channels than a stream may have.
const MOST: usize = 64;

impl fmt::Display for Positions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (epoch, offset)) in self.0.iter().enumerate() {
            let join = if index == 0 { "" } else { "~" };
            write!(f, "{join}{}", Cursor::after(*epoch, *offset))?;
        }
        Ok(())
    }
}
