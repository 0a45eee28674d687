//! A request that differs from the one before it in one value of its query.

use std::ops::Range;

/// The head of a request, and where the value stands that the next one may have another of.
///
/// Whatever else two heads mean, they mean the same when all other bytes are the same, so that nothing of the second has
/// to be parsed.
#[derive(Debug)]
pub(crate) struct Template {
    head: Box<[u8]>,
    value: Range<usize>,
}

/// What a head ends with.
const END: &[u8] = b"\r\n\r\n";

impl Template {
    /// Of a whole head and nothing behind it, if its query has `key` once and no escape in any name, which could be
    /// another spelling of it.
    pub(crate) fn of(head: &[u8], key: &str) -> Option<Self> {
        let end = head.windows(END.len()).position(|bytes| bytes == END)? + END.len();
        let (query, mut at) = query(head)?;
        let mut value = None;
        for pair in query.split(|byte| *byte == b'&') {
            let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
            let range = at + name.len() + 1..at + pair.len();
            at += pair.len() + 1;
            let twice = name == key.as_bytes() && value.replace(range).is_some();
            if twice || name.iter().any(|byte| matches!(byte, b'%' | b'+' | b'#')) {
                return None;
            }
        }
        let is_value = |range: &Range<usize>| {
            head.get(range.clone()).is_some_and(|value| value.iter().all(is_plain))
        };
        let value = value.filter(is_value)?;
        (end == head.len()).then(|| Self { head: head.into(), value })
    }

    /// The value of a request that differs in nothing else, and how many of `bytes` it is.
    pub(crate) fn read<'b>(&self, bytes: &'b [u8]) -> Option<(&'b str, usize)> {
        let (before, after) = (&self.head[..self.value.start], &self.head[self.value.end..]);
        let rest = bytes.strip_prefix(before)?;
        let length = rest.iter().position(|byte| !is_plain(byte))?;
        let (value, rest) = rest.split_at(length);
        let value = std::str::from_utf8(value).ok()?;
        rest.starts_with(after).then(|| (value, before.len() + length + after.len()))
    }
}

/// The query of a request line, and where it begins.
fn query(head: &[u8]) -> Option<(&[u8], usize)> {
    let line = head.split(|byte| *byte == b'\r').next()?;
    let begin = line.iter().position(|byte| *byte == b'?')? + 1;
    let length = line[begin..].iter().position(|byte| *byte == b' ')?;
    Some((&line[begin..begin + length], begin))
}

/// Whether a byte of a query stands for itself and ends no value.
fn is_plain(byte: &u8) -> bool {
    PLAIN[usize::from(*byte)]
}

const PLAIN: [bool; 256] = {
    let (mut plain, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        plain[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-');
        byte += 1;
    }
    plain
};
