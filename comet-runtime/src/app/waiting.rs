//! How a long poll waits: what its caller wishes, and what the app grants.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::StatusCode;

use super::wanted::number;
use crate::config::Config;
use crate::error::Error;

/// How long a long poll is held when its caller does not say.
const HOLD: Duration = Duration::from_secs(25);

/// The longest time for which a long poll collects.
const LONGEST_BUNDLE: Duration = Duration::from_secs(1);

/// The letters of a client's id: 128 bits have 22 in base64url, 32 in hexadecimal and 36 as a UUID.
const CLIENT: RangeInclusive<usize> = 22..=64;

/// What a caller says about its long polls.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    hold: Option<Duration>,
    bundle: Option<Duration>,
    pub(super) client: Option<String>,
}

impl Wishes {
    /// Reads `timeout`, `bundle` and `client`.
    ///
    /// # Errors
    ///
    /// 400 for a number or an id that is none.
    pub(super) fn read(&mut self, key: &str, value: &str) -> Result<(), Error> {
        match key {
            "timeout" => self.hold = Some(millis(key, value)?),
            "bundle" => self.bundle = Some(millis(key, value)?),
            "client" => self.client = Some(client(value)?),
            _ => {}
        }
        Ok(())
    }

    /// As far as the app grants them: how long a poll waits for its first event, and how long it collects after that.
    pub(super) fn granted(&self, config: &Config) -> (Duration, Duration) {
        let hold = self.hold.unwrap_or(HOLD).min(config.timeout);
        (hold, self.bundle.unwrap_or(config.bundle).min(LONGEST_BUNDLE))
    }
}

fn millis(key: &str, value: &str) -> Result<Duration, Error> {
    number(key, value).map(Duration::from_millis)
}

fn client(value: &str) -> Result<String, Error> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if CLIENT.contains(&value.len()) && value.bytes().all(plain) {
        return Ok(value.to_owned());
    }
    let detail = "`client` is a random id of 128 bits: 22 to 64 letters, digits, `_` and `-`";
    Err(Error::new(StatusCode::BAD_REQUEST, detail))
}
