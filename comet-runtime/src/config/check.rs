//! Limits of the settings that their types do not say.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use super::Config;
use crate::tls::{self, Certificates, Finding};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3_600);
const TENTH: Duration = Duration::from_millis(100);

/// The settings of a configuration that are out of their limits: name and what to do.
pub(super) fn findings(config: &Config) -> Vec<(&'static str, String)> {
    let mut found = Findings(Vec::new());
    found.within("heartbeat", config.heartbeat, SECOND..=600 * SECOND);
    found.within("timeout", config.timeout, SECOND..=HOUR);
    found.within("bundle", config.bundle, Duration::ZERO..=SECOND);
    for (name, bytes) in
        [("frame_bytes", config.frame_bytes), ("stream_bytes", config.stream_bytes)]
    {
        found.off_or_within(name, bytes, 16 << 10..=1 << 30);
    }
    for (name, age) in [("frame_age", config.frame_age), ("stream_age", config.stream_age)] {
        found.off_or_within(name, age, SECOND..=24 * HOUR);
    }
    found.within("header_timeout", config.header_timeout, TENTH..=600 * SECOND);
    found.within("idle_timeout", config.idle_timeout, TENTH..=HOUR);
    found.within("body_timeout", config.body_timeout, TENTH..=HOUR);
    found.within("write_timeout", config.write_timeout, TENTH..=HOUR);
    found.within("drain", config.drain, Duration::ZERO..=HOUR);
    found.within("body_limit", config.body_limit, 0..=1 << 30);
    found.within("publish_limit", config.publish_limit, 1 << 10..=64 << 20);
    found.within("runs", config.runs, 1..=usize::MAX);
    found.within("max_channels", config.max_channels, 1..=usize::MAX);
    found.within("max_headers", config.max_headers, 16..=1_000);
    found.within("max_header_bytes", config.max_header_bytes, 8 << 10..=1 << 20);
    found.within("max_connections", config.max_connections, 1..=usize::MAX);
    found.within("max_connections_per_address", config.max_connections_per_address, 1..=usize::MAX);
    found.0.extend(certificates(config).err());
    found.note("mount", mount(&config.mount));
    found.note("log", log(&config.log));
    found.0
}

/// Reads the certificate that the settings name.
pub(super) fn certificates(config: &Config) -> Result<Option<Certificates>, Finding> {
    match (&config.tls_certificate, &config.tls_key) {
        (None, None) => Ok(None),
        (Some(certificate), Some(key)) => Certificates::read(certificate, key).map(Some),
        (Some(_), None) => Err((
            tls::CERTIFICATE,
            "a certificate is of no use without its key; set tls_key as well".to_owned(),
        )),
        (None, Some(_)) => Err((
            tls::KEY,
            "a key is of no use without its certificate; set tls_certificate as well".to_owned(),
        )),
    }
}

struct Findings(Vec<(&'static str, String)>);

impl Findings {
    fn within<T>(&mut self, name: &'static str, value: T, limits: RangeInclusive<T>)
    where
        T: PartialOrd + fmt::Debug + Copy,
    {
        if !limits.contains(&value) {
            let text =
                format!("{value:?} is not within {:?} to {:?}", limits.start(), limits.end());
            self.0.push((name, text));
        }
    }

    /// The same, with 0 for no limit at all.
    fn off_or_within<T>(&mut self, name: &'static str, value: T, limits: RangeInclusive<T>)
    where
        T: PartialOrd + fmt::Debug + Copy + Default,
    {
        if value != T::default() {
            self.within(name, value, limits);
        }
    }

    fn note(&mut self, name: &'static str, finding: Result<(), String>) {
        self.0.extend(finding.err().map(|text| (name, text)));
    }
}

fn mount(mount: &str) -> Result<(), String> {
    let plain = |segment: &str| {
        !segment.is_empty()
            && !matches!(segment, "." | "..")
            && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    };
    match mount.strip_prefix('/') {
        Some("") => Ok(()),
        Some(path) if path.split('/').all(plain) => Ok(()),
        _ => Err(format!(
            "`{mount}` is not a mount path; write / or a path such as /app, without a / at its end"
        )),
    }
}

fn log(filter: &str) -> Result<(), String> {
    let wrong = |error| format!("`{filter}` is not a log filter such as info,comet=debug: {error}");
    EnvFilter::try_new(filter).map(drop).map_err(wrong)
}
