//! Percent escapes and the character classes of RFC 3986 that decide about them.

/// One byte's worth of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A byte that stands for itself.
    Literal(u8),
    /// `%XX` and the byte it stands for.
    Escape(u8),
    /// A `%` without two hex digits behind it.
    Stray,
}

/// Reads `text` unit by unit, each with its byte offset.
pub(crate) fn units(text: &str) -> impl Iterator<Item = (usize, Unit)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let unit = match *bytes.get(start)? {
            b'%' => escape_at(bytes, start).map_or(Unit::Stray, Unit::Escape),
            byte => Unit::Literal(byte),
        };
        at += if matches!(unit, Unit::Escape(_)) { 3 } else { 1 };
        Some((start, unit))
    })
}

fn escape_at(bytes: &[u8], percent: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(percent + 1)? << 4 | digit(percent + 2)?).ok()
}

/// Appends `%XX` in upper case.
pub(crate) fn push_escape(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// RFC 3986, section 2.3: the characters whose escapes mean the same as they do.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// RFC 3986, section 3.3, `pchar` without escapes: what a path segment may hold as it is.
pub(crate) fn is_segment_byte(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@".contains(&byte)
}

/// What a path may hold as it is.
pub(crate) fn is_path_byte(byte: u8) -> bool {
    byte == b'/' || is_segment_byte(byte)
}
