//! The `Date` of replies (RFC 9110, section 6.6.1), formatted once a second and thread.

use std::cell::RefCell;
use std::time::{Duration, SystemTime};

struct Shown {
    until: SystemTime,
    text: String,
}

thread_local! {
    static SHOWN: RefCell<Shown> =
        const { RefCell::new(Shown { until: SystemTime::UNIX_EPOCH, text: String::new() }) };
}

/// Writes the time of now.
pub(super) fn write(out: &mut Vec<u8>) {
    let now = SystemTime::now();
    SHOWN.with_borrow_mut(|shown| {
        if now >= shown.until || shown.until > now + Duration::from_secs(1) {
            *shown = shown_at(now);
        }
        out.extend_from_slice(shown.text.as_bytes());
    });
}

fn shown_at(now: SystemTime) -> Shown {
    let nanos = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().subsec_nanos();
    let until = now + Duration::from_nanos(1_000_000_000 - u64::from(nanos));
    Shown { until, text: httpdate::fmt_http_date(now) }
}
