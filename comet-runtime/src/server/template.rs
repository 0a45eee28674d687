//! A request that differs from the one before it in one value of its query, or in its body.

use std::ops::Range;

use super::Differs;

/// The head of a request, and where the value stands that the next one may have another of.
///
/// Whatever else two heads mean, they mean the same when all other bytes are the same, so that nothing of the second has
/// to be parsed.
#[derive(Debug)]
pub(crate) struct Template {
    head: Box<[u8]>,
    /// Of the query's value, or of the body's length.
    value: Range<usize>,
    has_body: bool,
}

/// What a head ends with.
const END: &[u8] = b"\r\n\r\n";

impl Template {
    /// Of a whole request and nothing behind it, if what differs can be told from all other bytes.
    pub(crate) fn of(request: &[u8], differs: Differs) -> Option<Self> {
        let end = request.windows(END.len()).position(|bytes| bytes == END)? + END.len();
        let (head, body) = request.split_at(end);
        let value = match differs {
            Differs::Query(key) => in_query(head, key).filter(|_| body.is_empty()),
            Differs::Body => {
                length(head).filter(|length| number(&head[length.clone()]) == Some(body.len()))
            }
        };
        Some(Self { head: head.into(), value: value?, has_body: differs == Differs::Body })
    }

    /// The value of a request that differs in nothing else, and how many of `bytes` it is.
    pub(crate) fn read<'b>(&self, bytes: &'b [u8]) -> Option<(&'b [u8], usize)> {
        let (before, after) = (&self.head[..self.value.start], &self.head[self.value.end..]);
        let rest = bytes.strip_prefix(before)?;
        let length = rest.iter().position(|byte| !is_plain(byte))?;
        let (value, rest) = rest.split_at(length);
        let (rest, head) = (rest.strip_prefix(after)?, before.len() + length + after.len());
        if !self.has_body {
            return Some((value, head));
        }
        let body = rest.get(..number(value)?)?;
        Some((body, head + body.len()))
    }
}

/// Where the value of `key` is, if the query has it once and no escape in any name, which could be another spelling of it.
fn in_query(head: &[u8], key: &str) -> Option<Range<usize>> {
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
    value.filter(is_value)
}

/// The query of a request line, and where it begins.
fn query(head: &[u8]) -> Option<(&[u8], usize)> {
    let line = head.split(|byte| *byte == b'\r').next()?;
    let begin = line.iter().position(|byte| *byte == b'?')? + 1;
    let length = line[begin..].iter().position(|byte| *byte == b' ')?;
    Some((&line[begin..begin + length], begin))
}

/// Where the length of the body is, if it is said once. Of a body without one, in chunks, it is not.
fn length(head: &[u8]) -> Option<Range<usize>> {
    const NAME: &[u8] = b"content-length:";
    let (mut at, mut value) = (0, None);
    for line in head.split(|byte| *byte == b'\n') {
        let end = at + line.len();
        if let Some((name, text)) = line.split_at_checked(NAME.len())
            && name.eq_ignore_ascii_case(NAME)
        {
            let begin = end - text.trim_ascii_start().len();
            let twice = value.replace(begin..begin + text.trim_ascii().len()).is_some();
            if twice {
                return None;
            }
        }
        at = end + 1;
    }
    value
}

/// A number in digits alone.
fn number(digits: &[u8]) -> Option<usize> {
    let digits = digits.iter().all(u8::is_ascii_digit).then_some(digits)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
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
