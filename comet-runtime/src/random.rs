//! Randomness, as numbers and as text.

/// 64 random bits as text. It tells things apart; it is no secret.
pub(crate) fn id() -> String {
    let mut random = [0; 8];
    // Without randomness ids are alike, and what they name is harder to tell apart.
    let _ = getrandom::fill(&mut random);
    format!("{:016x}", u64::from_le_bytes(random))
}

/// 128 bits that nobody may guess; without the system's random source the process ends, as they could be guessed.
pub(crate) fn secret() -> u128 {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        tracing::error!("the system's random source failed; refusing to go on with guessable ids");
        std::process::abort();
    }
    u128::from_le_bytes(bytes)
}
