//! Frames from a client: from bytes, however they come, to whole messages (RFC 6455, section 5).

use bytes::{Buf, BytesMut};

use super::Close;

/// The longest payload of a control frame (section 5.5).
const CONTROL: u64 = 125;

/// Something that a client has said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Text(String),
    Ping(Vec<u8>),
    Pong,
    Close(Option<u16>),
}

/// Reads frames and joins fragments. It holds the message that is on its way, and no more than its limit.
#[derive(Debug)]
pub(super) struct Decoder {
    limit: usize,
    frame: Option<Frame>,
    /// The text of a message so far.
    message: Vec<u8>,
    /// Whether a message has begun and its last fragment has not come.
    within: bool,
    control: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Continuation,
    Close,
    Ping,
    Pong,
}

/// A frame whose head was read.
#[derive(Debug)]
struct Frame {
    kind: Kind,
    last: bool,
    mask: [u8; 4],
    /// What is to come of its payload.
    left: u64,
}

impl Decoder {
    /// A decoder of messages of at most `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, frame: None, message: Vec::new(), within: false, control: Vec::new() }
    }

    /// How much memory it holds.
    #[cfg(any(test, fuzzing, feature = "pieces"))]
    pub(super) fn held(&self) -> usize {
        self.message.capacity() + self.control.capacity()
    }

    /// Takes what there is up to the next event; without one only the beginning of a frame's head stays behind.
    ///
    /// # Errors
    ///
    /// How the connection is to be closed; nothing more is to be read then.
    pub(super) fn read(&mut self, input: &mut BytesMut) -> Result<Option<Event>, Close> {
        loop {
            let mut frame = match self.frame.take() {
                Some(frame) => frame,
                None => match Frame::read(input)? {
                    Some(frame) => self.admit(frame)?,
                    None => return Ok(None),
                },
            };
            self.take(&mut frame, input);
            if frame.left > 0 {
                self.frame = Some(frame);
                return Ok(None);
            }
            if let Some(event) = self.end(&frame)? {
                return Ok(Some(event));
            }
        }
    }

    /// Whether a frame may stand here.
    fn admit(&mut self, frame: Frame) -> Result<Frame, Close> {
        match frame.kind {
            Kind::Text if self.within => {
                return Err(Close::protocol("a message begins within another"));
            }
            Kind::Continuation if !self.within => {
                return Err(Close::protocol("a fragment without a beginning"));
            }
            Kind::Text | Kind::Continuation => self.within = true,
            Kind::Close | Kind::Ping | Kind::Pong => return Ok(frame),
        }
        let room = self.limit - self.message.len();
        if frame.left > room as u64 { Err(Close::TOO_BIG) } else { Ok(frame) }
    }

    /// Takes what is there of a frame's payload.
    fn take(&mut self, frame: &mut Frame, input: &mut BytesMut) {
        let here = usize::try_from(frame.left).map_or(input.len(), |left| left.min(input.len()));
        let into = match frame.kind {
            Kind::Text | Kind::Continuation => &mut self.message,
            Kind::Close | Kind::Ping | Kind::Pong => &mut self.control,
        };
        let before = into.len();
        into.extend(input.iter().take(here));
        unmask(into.get_mut(before..).unwrap_or_default(), frame.mask);
        input.advance(here);
        frame.mask.rotate_left(here % 4);
        frame.left -= here as u64;
    }

    fn end(&mut self, frame: &Frame) -> Result<Option<Event>, Close> {
        Ok(match frame.kind {
            Kind::Text | Kind::Continuation if !frame.last => None,
            Kind::Text | Kind::Continuation => {
                self.within = false;
                let text = String::from_utf8(std::mem::take(&mut self.message));
                Some(Event::Text(text.map_err(|_| Close::NOT_UTF8)?))
            }
            Kind::Ping => Some(Event::Ping(std::mem::take(&mut self.control))),
            Kind::Pong => {
                self.control = Vec::new();
                Some(Event::Pong)
            }
            Kind::Close => Some(Event::Close(Close::read(&std::mem::take(&mut self.control))?)),
        })
    }
}

impl Frame {
    /// Takes a frame's head from the input; `None` while it is not whole.
    fn read(input: &mut BytesMut) -> Result<Option<Self>, Close> {
        let whole = input.len();
        let Some((frame, rest)) = Self::parse(input)? else { return Ok(None) };
        let rest = rest.len();
        input.advance(whole - rest);
        Ok(Some(frame))
    }

    /// Each mistake is told as soon as its byte is there.
    fn parse(bytes: &[u8]) -> Result<Option<(Self, &[u8])>, Close> {
        let Some((first, rest)) = bytes.split_first() else { return Ok(None) };
        if first & 0x70 != 0 {
            return Err(Close::protocol("a reserved bit is set"));
        }
        let (kind, last) = (Kind::read(first & 0x0f)?, first & 0x80 != 0);
        let Some((second, rest)) = rest.split_first() else { return Ok(None) };
        if second & 0x80 == 0 {
            return Err(Close::protocol("a client's frame is not masked"));
        }
        let short = u64::from(second & 0x7f);
        if kind.is_control() && (short > CONTROL || !last) {
            return Err(Close::protocol("a control frame is too long or in fragments"));
        }
        let long = match short {
            126 => {
                rest.split_first_chunk::<2>().map(|(b, rest)| (u16::from_be_bytes(*b).into(), rest))
            }
            127 => rest.split_first_chunk::<8>().map(|(b, rest)| (u64::from_be_bytes(*b), rest)),
            _ => Some((short, rest)),
        };
        let Some((left, rest)) = long else { return Ok(None) };
        let shortest = match short {
            126 => left > CONTROL,
            127 => left > u64::from(u16::MAX) && left <= i64::MAX as u64,
            _ => true,
        };
        if !shortest {
            return Err(Close::protocol("a length is not written in the shortest way"));
        }
        let Some((mask, rest)) = rest.split_first_chunk() else { return Ok(None) };
        Ok(Some((Self { kind, last, mask: *mask, left }, rest)))
    }
}

/// Takes the mask off, whose first byte is the first one's (RFC 6455, section 5.3).
fn unmask(bytes: &mut [u8], mask: [u8; 4]) {
    let (words, rest) = bytes.as_chunks_mut();
    let key = u32::from_ne_bytes(mask);
    // Word by word, several of which a processor does at once.
    words.iter_mut().for_each(|word| *word = (u32::from_ne_bytes(*word) ^ key).to_ne_bytes());
    rest.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
}

impl Kind {
    fn read(opcode: u8) -> Result<Self, Close> {
        match opcode {
            0x0 => Ok(Self::Continuation),
            0x1 => Ok(Self::Text),
            0x2 => Err(Close::BINARY),
            0x8 => Ok(Self::Close),
            0x9 => Ok(Self::Ping),
            0xa => Ok(Self::Pong),
            _ => Err(Close::protocol("an opcode that is none")),
        }
    }

    fn is_control(self) -> bool {
        matches!(self, Self::Close | Self::Ping | Self::Pong)
    }
}
