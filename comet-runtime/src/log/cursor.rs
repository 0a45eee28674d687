//! Cursors: positions in a log, opaque to clients.

use std::fmt;
use std::str::FromStr;

use crate::{decimal, random};

/// The identity of one log: offsets of different epochs have nothing to do with each other.
///
/// 128 random bits, so that the cursor of a resumable run cannot be guessed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Epoch(u128);

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const EPOCH_LEN: usize = 26;

/// The longest cursor: an epoch, a dot, and the digits of the greatest offset.
const LONGEST: usize = EPOCH_LEN + 1 + decimal::MOST;

/// The value of each byte that is a digit; 32 for all others.
const VALUES: [u8; 256] = {
    let mut values = [32; 256];
    let mut digit = 0;
    while digit < DIGITS.len() {
        values[DIGITS[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

impl Epoch {
    /// Of no log: a position in it stands for one that is lost.
    pub(crate) const NONE: Self = Self(0);

    /// A new epoch.
    pub(crate) fn random() -> Self {
        Self(random::secret())
    }

    fn read(digits: &[u8; EPOCH_LEN]) -> Option<Self> {
        // 26 digits are two bits more than there are.
        let (mut epoch, mut fits) = (0, VALUES[usize::from(digits[0])] < 8);
        for digit in digits {
            let value = VALUES[usize::from(*digit)];
            fits &= value < 32;
            epoch = epoch << 5 | u128::from(value);
        }
        fits.then_some(Self(epoch))
    }

    fn write(self, text: &mut [u8]) {
        let mut rest = self.0;
        for place in text.iter_mut().rev() {
            *place = DIGITS[(rest % 32) as usize];
            rest /= 32;
        }
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; EPOCH_LEN];
        self.write(&mut text);
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Epoch(…)")
    }
}

/// A position in a log, as a client sends it back: everything before it was seen.
///
/// Opaque to clients. Its text has only characters of `[A-Za-z0-9._~-]` and at most 64 of them.
///
/// ```
/// use comet::Cursor;
/// let cursor: Cursor = "4fzzzxjykrx1kjq7bnt0xq3m2c.7".parse().unwrap();
/// assert_eq!(cursor.to_string(), "4fzzzxjykrx1kjq7bnt0xq3m2c.7");
/// assert!("7".parse::<Cursor>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(At);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The entry with this offset was the last one seen.
    Entry(Epoch, u64),
    /// The log ended and its end was seen.
    Done,
}

/// Text that is no cursor of this program; to be treated as no cursor at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor: a cursor is the id of the last message, sent back unchanged")]
pub struct InvalidCursor;

impl Cursor {
    pub(crate) const DONE: Self = Self(At::Done);

    pub(crate) fn after(epoch: Epoch, offset: u64) -> Self {
        Self(At::Entry(epoch, offset))
    }

    pub(crate) fn at(self) -> At {
        self.0
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            At::Entry(epoch, offset) => {
                let mut digits = [0; decimal::MOST];
                let digits = decimal::write(offset, &mut digits);
                let mut text = [b'.'; LONGEST];
                let dot = LONGEST - digits.len() - 1;
                text[dot + 1..].copy_from_slice(digits);
                epoch.write(&mut text[dot - EPOCH_LEN..dot]);
                // In one piece, as every message has one.
                f.write_str(std::str::from_utf8(&text[dot - EPOCH_LEN..]).unwrap_or_default())
            }
            At::Done => f.write_str("done"),
        }
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        if text == "done" {
            return Ok(Self::DONE);
        }
        let (epoch, offset) = text.split_at_checked(EPOCH_LEN).ok_or(InvalidCursor)?;
        let digits = epoch.as_bytes().try_into().ok();
        let epoch = digits.and_then(Epoch::read).ok_or(InvalidCursor)?;
        let offset = offset.strip_prefix('.').ok_or(InvalidCursor)?;
        // `u64::from_str` takes a sign, and one position is to have one text.
        let plain = offset == "0" || !offset.starts_with(['0', '+']);
        let offset = offset.parse().ok().filter(|_| plain).ok_or(InvalidCursor)?;
        Ok(Self(At::Entry(epoch, offset)))
    }
}
