//! Randomness, as numbers and as text.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The odd number nearest to 2^64 divided by the golden ratio: its multiples are spread evenly (SplitMix64,
/// <https://doi.org/10.1145/2714064.2660195>).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| {
    let mut random = [0; 8];
    // Without randomness every process has the same ids, which still tell its own things apart.
    let _ = getrandom::fill(&mut random);
    AtomicU64::new(u64::from_le_bytes(random))
});

/// 64 bits as text, that no other thing of this process has. It tells things apart; it is no secret. Every request gets
/// one, so the system is asked for randomness once and not for each.
pub(crate) fn id() -> String {
    let mut bits = NEXT.fetch_add(STEP, Ordering::Relaxed);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    let mut text = *b"0000000000000000";
    for place in text.iter_mut().rev() {
        *place = DIGITS[(bits & 15) as usize];
        bits >>= 4;
    }
    String::from_utf8(text.to_vec()).unwrap_or_default()
}

const DIGITS: [u8; 16] = *b"0123456789abcdef";

/// 128 bits that nobody may guess; without the system's random source the process ends, as they could be guessed.
pub(crate) fn secret() -> u128 {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        tracing::error!("the system's random source failed; refusing to go on with guessable ids");
        std::process::abort();
    }
    u128::from_le_bytes(bytes)
}
