//! Source text on one line of a message, as a string literal would have it.

/// `text` on one line.
pub(crate) fn spell(text: &str) -> String {
    text.chars().map(spell_char).collect()
}

/// One character: itself, or its escape if it would not show.
pub(crate) fn spell_char(c: char) -> String {
    let escaped = matches!(c, '"' | '\\') || (is_hidden(c) && c != ' ');
    if escaped { c.escape_default().collect() } else { c.into() }
}

/// Characters nobody sees: control, white space, zero-width, joiners and marks of direction. In a
/// route they would make two that look alike and differ.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
}
