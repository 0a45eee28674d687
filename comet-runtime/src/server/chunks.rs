//! Where a chunked body ends (RFC 9112 section 7.1).

use super::framing::Malformed;

/// Follows one chunked body.
#[derive(Debug)]
pub(super) struct Chunks {
    part: Part,
    /// Bytes the chunk has, or has left.
    size: u64,
}

impl Default for Chunks {
    fn default() -> Self {
        Self { part: Part::Size { digits: 0 }, size: 0 }
    }
}

/// What comes next.
#[derive(Debug, Clone, Copy)]
enum Part {
    Size { digits: u8 },
    Extension,
    SizeEnd,
    Data,
    DataReturn,
    DataEnd,
    Trailer,
    TrailerLine,
    TrailerEnd,
    End,
    Done,
}

impl Chunks {
    /// Reads on: how many bytes were of this body, and whether it is at its end.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(usize, bool), Malformed> {
        let mut at = 0;
        while at < bytes.len() {
            if let Part::Data = self.part {
                let left = bytes.len() - at;
                let here = usize::try_from(self.size).map_or(left, |size| size.min(left));
                self.size -= here as u64;
                at += here;
                if self.size == 0 {
                    self.part = Part::DataReturn;
                }
                continue;
            }
            let next = self.step(bytes[at]);
            self.part =
                next.ok_or(Malformed { at, reason: "a chunk is not framed as it must be" })?;
            at += 1;
            if let Part::Done = self.part {
                return Ok((at, true));
            }
        }
        Ok((at, false))
    }

    /// The part after a byte, unless the byte may not be there.
    fn step(&mut self, byte: u8) -> Option<Part> {
        match (self.part, byte) {
            (Part::Size { digits }, _) => self.size(digits, byte),
            (Part::Extension, b'\r') => Some(Part::SizeEnd),
            (Part::SizeEnd, b'\n') if self.size == 0 => Some(Part::Trailer),
            (Part::SizeEnd, b'\n') => Some(Part::Data),
            (Part::DataReturn, b'\r') => Some(Part::DataEnd),
            (Part::DataEnd, b'\n') => Some(Self::default().part),
            (Part::Trailer, b'\r') => Some(Part::End),
            (Part::TrailerLine, b'\r') => Some(Part::TrailerEnd),
            (Part::TrailerEnd, b'\n') => Some(Part::Trailer),
            (Part::End, b'\n') => Some(Part::Done),
            (Part::Extension | Part::Trailer | Part::TrailerLine, b'\n') => None,
            (Part::Extension, _) => Some(Part::Extension),
            (Part::Trailer | Part::TrailerLine, _) => Some(Part::TrailerLine),
            _ => None,
        }
    }

    fn size(&mut self, digits: u8, byte: u8) -> Option<Part> {
        match byte {
            b'\r' if digits > 0 => Some(Part::SizeEnd),
            b';' | b' ' | b'\t' if digits > 0 => Some(Part::Extension),
            _ if digits < 16 => {
                let digit = char::from(byte).to_digit(16)?;
                self.size = self.size << 4 | u64::from(digit);
                Some(Part::Size { digits: digits + 1 })
            }
            _ => None,
        }
    }
}
