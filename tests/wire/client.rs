use std::io::ErrorKind::{BrokenPipe, ConnectionReset, Interrupted, UnexpectedEof};
use std::io::{Read, Write};

use std::net::SocketAddr;

use super::stream::Stream;

/// A client that sends and reads plain bytes.
pub(crate) struct Client {
    stream: Stream,
    seen: Vec<u8>,
    /// Whether the connection has ended without a word of it.
    cut: bool,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Self {
        Self::over(Stream::connect(address, None))
    }

    pub(crate) fn over(stream: Stream) -> Self {
        Self { stream, seen: Vec::new(), cut: false }
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
    }

    /// Sends what the server may no longer want.
    pub(crate) fn try_send(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// Reads up to and with `wanted`; what follows is left for the next read.
    pub(crate) fn until(&mut self, wanted: &str) -> String {
        loop {
            let wanted = wanted.as_bytes();
            if let Some(at) = self.seen.windows(wanted.len()).position(|window| window == wanted) {
                let rest = self.seen.split_off(at + wanted.len());
                return text(std::mem::replace(&mut self.seen, rest));
            }
            let more = self.more();
            assert_ne!(more, 0, "closed after `{}`", self.seen.escape_ascii());
        }
    }

    /// The head of the answer to a request.
    pub(crate) fn ask(&mut self, request: &str) -> String {
        self.send(request);
        self.until("\r\n\r\n")
    }

    /// The next answer on a connection that stays open: its head, and a body with a length or in chunks.
    pub(crate) fn answer(&mut self) -> (String, String) {
        let head = self.until("\r\n\r\n");
        let field = |name: &str| {
            let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name));
            line.map(|line| line[name.len()..].trim().to_owned())
        };
        let body = match field("content-length:") {
            Some(length) => self.exactly(length.parse().unwrap()),
            None if field("transfer-encoding:").is_some() => self.chunks(),
            None => String::new(),
        };
        (head, body)
    }

    /// A body in chunks, put together.
    pub(crate) fn chunks(&mut self) -> String {
        let mut body = String::new();
        loop {
            let chunk = self.chunk();
            if chunk.is_empty() {
                return body;
            }
            body.push_str(&chunk);
        }
    }

    /// The next chunk; the last one is empty.
    pub(crate) fn chunk(&mut self) -> String {
        let size = self.until("\r\n");
        let size = usize::from_str_radix(size.trim_end(), 16).unwrap();
        let chunk = self.exactly(size);
        assert_eq!(self.exactly(2), "\r\n");
        chunk
    }

    pub(crate) fn exactly(&mut self, length: usize) -> String {
        while self.seen.len() < length {
            assert_ne!(self.more(), 0, "closed after `{}`", self.seen.escape_ascii());
        }
        let rest = self.seen.split_off(length);
        text(std::mem::replace(&mut self.seen, rest))
    }

    /// Reads until the server closes, which a reset does as well.
    pub(crate) fn rest(&mut self) -> String {
        while self.more() > 0 {}
        text(std::mem::take(&mut self.seen))
    }

    /// Reads and forgets until the server closes.
    pub(crate) fn swallow(&mut self) {
        while self.more() > 0 {
            self.seen.clear();
        }
    }

    /// Whether the server has closed without saying that this is the end, as TLS has it.
    pub(crate) fn was_cut(&self) -> bool {
        self.cut
    }

    fn more(&mut self) -> usize {
        let mut buffer = [0; 16 * 1024];
        match self.stream.read(&mut buffer) {
            Ok(length) => {
                self.seen.extend_from_slice(&buffer[..length]);
                length
            }
            Err(error) if matches!(error.kind(), BrokenPipe | ConnectionReset | UnexpectedEof) => {
                self.cut = true;
                0
            }
            // A machine that was paused goes on with that.
            Err(error) if error.kind() == Interrupted => self.more(),
            Err(error) => panic!("{error} after `{}`", self.seen.escape_ascii()),
        }
    }

    /// Says that nothing more will be sent, and goes on reading. The server may have closed before.
    pub(crate) fn finish_sending(&mut self) {
        self.stream.finish();
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// What `settled` writes for an epoch, as long as one.
pub(crate) const EPOCH: &str = "EEEEEEEEEEEEEEEEEEEEEEEEEE";

/// An answer without what differs each time: the date, the request's id and the epoch.
pub(crate) fn settled(answer: &str) -> String {
    let mut settled = Vec::new();
    for line in answer.split_inclusive("\r\n") {
        settled.push(match line.split_once(": ") {
            Some((name @ ("date" | "x-request-id"), _)) => format!("{name}: …\r\n"),
            _ => line.to_owned(),
        });
    }
    let settled = settled.concat();
    match epoch(&settled) {
        Some(epoch) => settled.replace(epoch, EPOCH),
        None => settled,
    }
}

/// The epoch in a stream's `hello`.
pub(crate) fn epoch(stream: &str) -> Option<&str> {
    let (_, after) = stream.split_once("\"cursor\":\"")?;
    Some(after.split_once('.')?.0)
}

/// The status of an answer.
pub(crate) fn status(answer: &str) -> u16 {
    let line = answer.lines().next().unwrap_or_default();
    let code = line.strip_prefix("HTTP/1.1 ").unwrap_or_else(|| panic!("no status in `{answer}`"));
    code[..3].parse().unwrap()
}

/// The value of a header field; empty without one.
pub(crate) fn field<'a>(answer: &'a str, name: &str) -> &'a str {
    let mut lines = answer.lines().take_while(|line| !line.is_empty());
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
}
