//! Answers to requests (RFC 9112), as their bytes come.

/// What comes back on one connection, one answer after the other.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    at: At,
    /// The head of the newest answer, in small letters but for its values.
    pub(crate) head: String,
    line: Vec<u8>,
}

#[derive(Debug, Default)]
enum At {
    #[default]
    Head,
    /// In front of a chunk.
    Size,
    /// Behind a chunk, in front of its line's end.
    Behind,
    /// In a chunk.
    Chunk(usize),
    /// Behind the last chunk.
    Last,
    /// In a body of so many bytes more.
    Body(usize),
    /// In a body that ends with the connection.
    Rest,
}

impl Answers {
    /// Takes bytes of the connection, adds those of bodies to `body`, and says how many answers have ended with them.
    ///
    /// # Errors
    ///
    /// An answer that refuses, or is none.
    pub(crate) fn take(&mut self, mut bytes: &[u8], body: &mut Vec<u8>) -> Result<usize, String> {
        let mut ended = 0;
        while !bytes.is_empty() {
            let taken = match self.at {
                At::Head | At::Size | At::Behind | At::Last => self.line(bytes, &mut ended)?,
                At::Chunk(left) => {
                    let taken = copy(bytes, left, body);
                    self.at = if taken == left { At::Behind } else { At::Chunk(left - taken) };
                    taken
                }
                At::Body(left) => {
                    let taken = copy(bytes, left, body);
                    self.at = At::Body(left - taken);
                    if taken == left {
                        self.end(&mut ended);
                    }
                    taken
                }
                At::Rest => copy(bytes, bytes.len(), body),
            };
            bytes = bytes.get(taken..).unwrap_or_default();
        }
        Ok(ended)
    }

    fn end(&mut self, ended: &mut usize) {
        self.at = At::Head;
        *ended += 1;
    }

    /// Reads up to the end of a line, or of a head.
    fn line(&mut self, bytes: &[u8], ended: &mut usize) -> Result<usize, String> {
        let end: &[u8] = if matches!(self.at, At::Head) { b"\r\n\r\n" } else { b"\r\n" };
        for (taken, byte) in bytes.iter().enumerate() {
            self.line.push(*byte);
            if self.line.ends_with(end) {
                let line = String::from_utf8_lossy(&self.line).into_owned();
                self.line.clear();
                self.read(line, ended)?;
                return Ok(taken + 1);
            }
        }
        Ok(bytes.len())
    }

    fn read(&mut self, line: String, ended: &mut usize) -> Result<(), String> {
        match self.at {
            At::Head => {
                self.head = line;
                self.begin(ended)?;
            }
            At::Size => {
                let size = line.trim_end().split(';').next().unwrap_or_default();
                let size =
                    usize::from_str_radix(size, 16).map_err(|_| format!("no chunk: {line}"))?;
                self.at = if size == 0 { At::Last } else { At::Chunk(size) };
            }
            At::Behind => self.at = At::Size,
            _ => self.end(ended),
        }
        Ok(())
    }

    fn begin(&mut self, ended: &mut usize) -> Result<(), String> {
        let status = self.head.split(' ').nth(1).unwrap_or_default();
        if !status.starts_with('2') {
            return Err(format!("refused: {}", self.head));
        }
        let length = self.field("content-length").and_then(|length| length.parse().ok());
        match length {
            _ if self.field("transfer-encoding").is_some() => self.at = At::Size,
            Some(0) => self.end(ended),
            None if status == "204" => self.end(ended),
            Some(length) => self.at = At::Body(length),
            None => self.at = At::Rest,
        }
        Ok(())
    }

    /// A field of the newest head.
    #[must_use]
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        let mut named = fields.filter(|(is, _)| is.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    }
}

fn copy(bytes: &[u8], most: usize, body: &mut Vec<u8>) -> usize {
    let taken = bytes.len().min(most);
    body.extend_from_slice(bytes.get(..taken).unwrap_or_default());
    taken
}
