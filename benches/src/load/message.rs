//! Messages that tell what becomes of them: each has its number and the time at which it was published.

use std::time::Instant;

/// A text of so many bytes, which stands as it is in JSON and in server-sent events.
#[must_use]
pub(crate) fn message(number: u64, since: Instant, size: usize) -> String {
    let mut text = format!("@{number}.{}@", since.elapsed().as_micros());
    text.extend(std::iter::repeat_n('x', size.saturating_sub(text.len())));
    text
}

/// What one reader got.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The number of the message that comes next.
    pub(crate) next: Option<u64>,
    pub(crate) got: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
}

impl Tally {
    /// Takes the messages out of what was read, leaving half a one, and tells the delay of each in microseconds.
    pub(crate) fn take(&mut self, read: &mut Vec<u8>, since: Instant, mut delay: impl FnMut(u64)) {
        let mut from = 0;
        while let Some((number, time, end)) = next(read, from) {
            from = end;
            self.count(number);
            let now = u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX);
            delay(now.saturating_sub(time));
        }
        // A message that has begun is all that the next bytes can belong to.
        let begun = read.iter().skip(from).position(|byte| *byte == b'@');
        let keep = begun.map_or(read.len(), |begun| from + begun);
        read.drain(..keep);
    }

    /// One that is out of order counts as lost, and as doubled when it comes.
    fn count(&mut self, number: u64) {
        let next = self.next.unwrap_or(number);
        self.got += 1;
        if number < next {
            self.doubled += 1;
            return;
        }
        self.lost += number - next;
        self.next = Some(number + 1);
    }
}

/// The number and the time of the next message, and where it ends.
fn next(read: &[u8], from: usize) -> Option<(u64, u64, usize)> {
    let begin = from + read.get(from..)?.iter().position(|byte| *byte == b'@')? + 1;
    let length = read.get(begin..)?.iter().position(|byte| *byte == b'@')?;
    let text = std::str::from_utf8(read.get(begin..begin + length)?).ok()?;
    let (number, time) = text.split_once('.')?;
    Some((number.parse().ok()?, time.parse().ok()?, begin + length + 1))
}
