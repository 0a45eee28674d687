//! How long to wait before the next attempt.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(10);

/// Attempts in a row that have failed.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    failed: u32,
}

impl Backoff {
    pub(crate) fn reset(&mut self) {
        self.failed = 0;
    }

    /// The next pause: anything up to a ceiling that doubles, so that not all clients of a server come back at once.
    pub(crate) fn pause(&mut self) -> Duration {
        let ceiling = FIRST.saturating_mul(1 << self.failed.min(10)).min(LONGEST);
        self.failed = self.failed.saturating_add(1);
        ceiling.mul_f64(random())
    }
}

/// At least 0, less than 1.
fn random() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness all wait for half the time, which is still correct.
    if getrandom::fill(&mut bytes).is_err() {
        return 0.5;
    }
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}
