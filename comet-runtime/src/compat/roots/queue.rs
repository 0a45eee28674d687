//! What a client has not acknowledged yet.

use std::collections::VecDeque;

use bytes::Bytes;

/// A queue takes nothing more from the channels' logs beyond so many bytes; there they stay.
const FULL: usize = 64 * 1024;

/// Updates by their numbers in the session: what is acknowledged goes, and all else is sent again with each reply.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// How many were acknowledged.
    first: u64,
    updates: VecDeque<Box<[u8]>>,
    bytes: usize,
}

impl Queue {
    /// Adds an update. The message is JSON: a string goes out as it is, anything else as the text of the JSON.
    pub(super) fn push(&mut self, path: &str, message: &[u8]) {
        let mut update = b"{\"path\": ".to_vec();
        write_string(path, &mut update);
        update.extend_from_slice(b", \"message\": ");
        match message.first() {
            Some(b'"') => write_ascii(&String::from_utf8_lossy(message), &mut update),
            _ => write_string(&String::from_utf8_lossy(message), &mut update),
        }
        update.push(b'}');
        self.bytes += update.len();
        self.updates.push_back(update.into());
    }

    /// Drops what has arrived: everything before that number. A number of something that was not sent yet, or was
    /// acknowledged already, changes nothing.
    pub(super) fn acknowledge(&mut self, seen: u64) {
        if seen > self.end() {
            return;
        }
        while self.first < seen {
            self.first += 1;
            self.bytes -= self.updates.pop_front().map_or(0, |update| update.len());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.updates.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes >= FULL
    }

    /// Whether even what is not from a log has no room.
    pub(super) fn is_overfull(&self) -> bool {
        self.bytes >= 2 * FULL
    }

    fn end(&self) -> u64 {
        self.first + self.updates.len() as u64
    }

    /// The reply with everything that was not acknowledged.
    pub(super) fn reply(&self, id: &str) -> Bytes {
        let mut updates = Vec::with_capacity(self.bytes + 2 * self.updates.len());
        for update in &self.updates {
            if !updates.is_empty() {
                updates.extend_from_slice(b", ");
            }
            updates.extend_from_slice(update);
        }
        reply(&updates, id, self.end())
    }

    /// A reply with nothing, after which the client asks as before.
    pub(super) fn nothing(&self, id: &str) -> Bytes {
        reply(b"", id, self.first)
    }
}

/// A reply, byte for byte as Roots had it.
fn reply(updates: &[u8], id: &str, seen: u64) -> Bytes {
    let end = format!("], \"reconnectWith\": \"{id}/{seen}\"}}\r\n\r\n");
    [b"{\"updates\": [", updates, end.as_bytes()].concat().into()
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    write_ascii(&serde_json::Value::from(text).to_string(), out);
}

/// Writes JSON with escapes for all that is not ASCII, as Python's `json` does.
fn write_ascii(json: &str, out: &mut Vec<u8>) {
    for c in json.chars() {
        match c {
            ' '..='~' => out.push(c as u8),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;

    #[test]
    fn r_01_a_reply_has_the_bytes_of_roots() {
        let mut queue = Queue::default();
        queue.push("tasks", br#""m1""#);
        assert_eq!(
            queue.reply("COMET-x-1"),
            "{\"updates\": [{\"path\": \"tasks\", \"message\": \"m1\"}], \"reconnectWith\": \"COMET-x-1/1\"}\r\n\r\n"
        );
        for (message, wanted) in [
            (r#""""#, r#""""#),
            (r#""a\n\"b\\""#, r#""a\n\"b\\""#),
            ("\"Gr\u{fc}\u{df}e \u{1f600}\u{7f}\"", r#""Gr\u00fc\u00dfe \ud83d\ude00\u007f""#),
            (r#"{"id":1}"#, r#""{\"id\":1}""#),
            ("[\"\u{e9}\"]", r#""[\"\u00e9\"]""#),
            ("7", r#""7""#),
            ("null", r#""null""#),
        ] {
            let mut queue = Queue::default();
            queue.push("a", message.as_bytes());
            let reply = String::from_utf8_lossy(&queue.reply("x")).into_owned();
            let wanted = format!("{{\"updates\": [{{\"path\": \"a\", \"message\": {wanted}}}], ");
            assert!(reply.starts_with(&wanted), "{reply}");
        }
    }
}
