//! Sizes in bytes as people write them.

/// Reads a number of bytes, or a number of `KiB`, `MiB` or `GiB`: `65536`, `64KiB`.
pub(super) fn parse(text: &str) -> Result<usize, String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim_start() {
        "" | "B" => Some(1),
        "KiB" => Some(1 << 10),
        "MiB" => Some(1 << 20),
        "GiB" => Some(1 << 30),
        _ => None,
    };
    let total = number.parse::<usize>().ok().zip(factor).and_then(|(n, f)| n.checked_mul(f));
    total.ok_or_else(|| {
        format!("`{text}` is not a size; write bytes, or KiB, MiB or GiB, such as \"64KiB\"")
    })
}
