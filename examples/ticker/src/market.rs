//! A market that never closes: prices are a function of the symbol and of the time, so any of them can be had again.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const STEP: u64 = 200; // milliseconds between two quotes

/// What is traded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// Loud, with a long period.
    Comet,
    /// Quiet.
    Moon,
    /// Nervous.
    Meteor,
}

impl FromStr for Symbol {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "COMET" => Ok(Self::Comet),
            "MOON" => Ok(Self::Moon),
            "METEOR" => Ok(Self::Meteor),
            _ => Err("not a symbol; COMET, MOON and METEOR are".to_owned()),
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comet => "COMET",
            Self::Moon => "MOON",
            Self::Meteor => "METEOR",
        })
    }
}

comet::param!(Symbol); // may stand in a URL

impl Symbol {
    /// The price of quote `number`.
    pub(crate) fn price(self, number: u64) -> f64 {
        let (base, swing, noise) = match self {
            Self::Comet => (120.0, 14.0, 1.0),
            Self::Moon => (60.0, 3.0, 0.3),
            Self::Meteor => (90.0, 7.0, 4.0),
        };
        #[allow(clippy::cast_precision_loss)] // quote numbers stay far below 2^52
        let t = number as f64;
        let wave = (t / 61.0).sin() + 0.5 * (t / 17.0).sin() + 0.2 * (t / 5.0).sin();
        let jitter = (t * 12.9898).sin() * 43758.547;
        ((base + swing * wave + noise * (jitter - jitter.floor())) * 100.0).round() / 100.0
    }
}

/// The number of the quote that is due now.
pub(crate) fn now() -> u64 {
    millis() / STEP
}

/// Waits until quote `number` is due.
pub(crate) async fn due(number: u64) {
    tokio::time::sleep(Duration::from_millis((number * STEP).saturating_sub(millis()))).await;
}

fn millis() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}
