//! More messages than some readers take: those stop, and the others are not to notice.

use std::time::{Duration, Instant};

use super::{Crowd, Failure, PATIENCE, Reader};

/// How a stream says that messages are gone, and that its reader is too slow.
const GAP: &str = "event: gap";
const CUT: &str = r#""reason":"slow""#;

/// What became of a reader that had stopped, once it read again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    /// It was told that messages are gone.
    pub(crate) gap: bool,
    /// It was told that it is too slow.
    pub(crate) cut: bool,
    /// It misses messages.
    pub(crate) misses: bool,
}

impl Crowd {
    /// The first readers do not read any more.
    pub(crate) fn stall(&mut self, readers: usize) {
        self.readers.iter_mut().take(readers).for_each(|reader| reader.stalled = true);
    }

    /// Publishes so many messages as fast as those who read take them, at most `ahead` before that, and tells `meanwhile`
    /// about twice a second. The deliveries in a second.
    ///
    /// # Errors
    ///
    /// Something did not arrive for 20 s, or the server has closed a connection.
    pub(crate) fn flood(
        &mut self,
        messages: u64,
        ahead: u64,
        mut meanwhile: impl FnMut(),
    ) -> Result<f64, Failure> {
        let reading = self.readers.iter().filter(|reader| !reader.stalled).count() as u64;
        let (start, before) = (Instant::now(), self.got);
        let (mut sent, mut heard, mut told) = (0, Instant::now(), Instant::now());
        while self.got - before < messages * reading {
            let slowest = (self.got - before) / reading;
            while sent < messages && sent < slowest + ahead {
                self.publish(0)?;
                sent += 1;
            }
            if self.pump(Duration::from_millis(100))? {
                heard = Instant::now();
            } else if heard.elapsed() > PATIENCE {
                return Err("messages did not come".into());
            }
            if told.elapsed() > Duration::from_millis(500) {
                told = Instant::now();
                meanwhile();
            }
        }
        Ok((self.got - before) as f64 / start.elapsed().as_secs_f64())
    }

    /// Lets all read again, and says what became of those who did not.
    pub(crate) fn resume(&mut self) -> Vec<Fate> {
        let mut stalled: Vec<_> = self.readers.iter_mut().filter(|reader| reader.stalled).collect();
        let mut fates = vec![Fate::default(); stalled.len()];
        let mut quiet = Instant::now();
        // The server writes more as soon as there is room for it.
        while quiet.elapsed() < Duration::from_secs(3) {
            for (reader, fate) in stalled.iter_mut().zip(&mut fates) {
                if reader.catch_up(fate, self.since, &mut self.buffer) {
                    quiet = Instant::now();
                }
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let newest = self.numbers.first().copied();
        for (reader, fate) in stalled.iter().zip(&mut fates) {
            fate.misses = reader.tally.lost > 0 || reader.tally.next != newest;
        }
        fates
    }
}

impl Reader {
    /// Reads what there is; whether there was anything.
    fn catch_up(&mut self, fate: &mut Fate, since: Instant, buffer: &mut [u8]) -> bool {
        let before = self.connection.body.len();
        // Whoever is cut finds the connection closed behind what it is told.
        let _closed = self.connection.read(buffer);
        let body = &mut self.connection.body;
        let has = |text: &str| body.windows(text.len()).any(|bytes| bytes == text.as_bytes());
        fate.gap |= has(GAP);
        fate.cut |= has(CUT);
        let any = body.len() > before;
        // What a text may begin with that the next bytes end.
        let tail = body.split_off(body.len().saturating_sub(CUT.len()));
        body.extend_from_slice(&tail);
        self.tally.take(body, since, |_| {});
        if body.is_empty() && !tail.contains(&b'@') {
            *body = tail;
        }
        any
    }
}
