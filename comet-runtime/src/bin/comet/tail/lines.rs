//! A body, line by line.

use bytes::{Buf, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;

/// The longest line: more than the largest event that a server takes.
const LONGEST: usize = 80 << 20;

/// The lines of a body.
#[derive(Debug)]
pub(super) struct Lines {
    body: Incoming,
    read: BytesMut,
    /// Bytes of `read` that are known to have no line feed.
    searched: usize,
}

impl Lines {
    pub(super) fn new(body: Incoming) -> Self {
        Self { body, read: BytesMut::new(), searched: 0 }
    }

    /// The next line without its line feed; `None` at the end. What follows the last line feed was cut off and is no line.
    pub(super) async fn next(&mut self) -> Result<Option<BytesMut>, String> {
        loop {
            let rest = self.read.get(self.searched..).unwrap_or_default();
            if let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
                let line = self.read.split_to(self.searched + at);
                self.read.advance(1);
                self.searched = 0;
                return Ok(Some(line));
            }
            self.searched = self.read.len();
            if self.searched > LONGEST {
                return Err(format!("a line has more than {} MiB", LONGEST >> 20));
            }
            match self.body.frame().await {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        self.read.extend_from_slice(&data);
                    }
                }
                Some(Err(error)) => return Err(error.to_string()),
                None => return Ok(None),
            }
        }
    }
}
