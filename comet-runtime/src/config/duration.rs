//! Durations as people write them.

use std::time::Duration;

/// Reads a whole number and its unit: `500ms`, `30s`, `2m`, `1h`.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let millis = match unit.trim_start() {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    let total = number.parse::<u64>().ok().zip(millis).and_then(|(n, unit)| n.checked_mul(unit));
    total.map(Duration::from_millis).ok_or_else(|| {
        format!(
            "`{text}` is not a duration; write a whole number and ms, s, m or h, such as \"30s\""
        )
    })
}
