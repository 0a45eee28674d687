//! Where one HTTP/1 request ends and the next begins, and what a proxy might take otherwise.
//!
//! Only what that needs is read here (RFC 9112 sections 2.2, 6 and 7.1). Whether a request is well-formed otherwise is
//! hyper's to say, which closes the connection when it is not.

use std::borrow::Cow;

use super::chunks::Chunks;

/// How much of a header line is kept: more than any that says how long a body is.
const LINE: usize = 256;

/// Follows the requests of one connection.
#[derive(Debug, Default)]
pub(super) struct Framing(State);

#[derive(Debug)]
enum State {
    Head(Head),
    /// A body with so many bytes to come.
    Sized(u64),
    Chunked(Chunks),
}

/// Something that hyper would take and a proxy might take otherwise.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// How many bytes before it were good.
    pub(super) at: usize,
    pub(super) reason: &'static str,
}

impl Framing {
    /// Reads on. After an error the connection is not to be read any further.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(), Malformed> {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let read = match &mut self.0 {
                State::Head(head) => head.read(rest),
                State::Sized(left) => Ok(read_sized(left, rest)),
                State::Chunked(chunks) => {
                    chunks.read(rest).map(|(taken, done)| (taken, done.then(State::default)))
                }
            };
            let (taken, next) =
                read.map_err(|malformed| Malformed { at: at + malformed.at, ..malformed })?;
            at += taken;
            self.0 = next.unwrap_or_else(|| std::mem::take(&mut self.0));
        }
        Ok(())
    }

    /// Whether a request's head has begun and is not complete.
    pub(super) fn within_head(&self) -> bool {
        matches!(&self.0, State::Head(head) if head.begun)
    }
}

impl Default for State {
    fn default() -> Self {
        Self::Head(Head::default())
    }
}

/// What was read, and the state that follows, if another does.
type Read = (usize, Option<State>);

fn read_sized(left: &mut u64, bytes: &[u8]) -> Read {
    let here = usize::try_from(*left).map_or(bytes.len(), |left| left.min(bytes.len()));
    *left -= here as u64;
    (here, (*left == 0).then(State::default))
}

/// What has been seen of a request's head.
#[derive(Debug, Default)]
struct Head {
    begun: bool,
    /// The request line has been read.
    named: bool,
    line: Vec<u8>,
    last: u8,
    length: Option<u64>,
    chunked: bool,
}

impl Head {
    /// Reads to the end of a line, or of the bytes.
    fn read(&mut self, bytes: &[u8]) -> Result<Read, Malformed> {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let piece = &bytes[..end.unwrap_or(bytes.len())];
        self.begun |= piece.iter().any(|byte| *byte != b'\r');
        self.last = piece.last().copied().unwrap_or(self.last);
        let Some(end) = end else {
            self.keep(piece);
            return Ok((bytes.len(), None));
        };
        if std::mem::take(&mut self.last) != b'\r' {
            return Err(Malformed { at: end, reason: "a line ends without a carriage return" });
        }
        // Most lines come whole.
        let line = match self.line.is_empty() {
            true => Cow::Borrowed(&piece[..piece.len().min(LINE)]),
            false => {
                self.keep(piece);
                Cow::Owned(std::mem::take(&mut self.line))
            }
        };
        let next = self.end_line(&line).map_err(|reason| Malformed { at: end, reason })?;
        Ok((end + 1, next))
    }

    /// Keeps a piece of a line, as far as that is kept.
    fn keep(&mut self, piece: &[u8]) {
        let room = LINE.saturating_sub(self.line.len()).min(piece.len());
        self.line.extend_from_slice(&piece[..room]);
    }

    fn end_line(&mut self, line: &[u8]) -> Result<Option<State>, &'static str> {
        if line == b"\r" {
            // Empty lines before a request are passed over (RFC 9112 section 2.2).
            return if self.named { self.body().map(Some) } else { Ok(None) };
        }
        if !std::mem::replace(&mut self.named, true) {
            return Ok(None);
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return Ok(None) };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            let length = length(value).ok_or("Content-Length is not a number")?;
            if self.length.replace(length).is_some() {
                return Err("more than one Content-Length");
            }
        }
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            let again = std::mem::replace(&mut self.chunked, true);
            if again || !value.eq_ignore_ascii_case(b"chunked") {
                return Err("Transfer-Encoding is not just `chunked`");
            }
        }
        Ok(None)
    }

    /// What follows this head.
    fn body(&self) -> Result<State, &'static str> {
        match (self.length, self.chunked) {
            (Some(_), true) => Err("both Content-Length and Transfer-Encoding"),
            (None, true) => Ok(State::Chunked(Chunks::default())),
            (None | Some(0), false) => Ok(State::default()),
            (Some(length), false) => Ok(State::Sized(length)),
        }
    }
}

fn length(value: &[u8]) -> Option<u64> {
    let digits = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(value).ok().filter(|_| digits)?.parse().ok()
}
