//! Short names that do not repeat.

/// 64 random bits as text. It tells things apart; it is no secret.
pub(crate) fn id() -> String {
    let mut random = [0; 8];
    // Without randomness ids are alike, and what they name is harder to tell apart.
    let _ = getrandom::fill(&mut random);
    format!("{:016x}", u64::from_le_bytes(random))
}
