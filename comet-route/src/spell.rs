//! Source text on one line of a message, as a string literal would have it.

use crate::percent::is_invisible;

/// `text` on one line.
pub(crate) fn spell(text: &str) -> String {
    text.chars().flat_map(spell_char).collect()
}

/// One character: itself, or its escape if it would not show.
pub(crate) fn spell_char(c: char) -> impl Iterator<Item = char> {
    let hidden = c.is_control() || is_invisible(c) || (c.is_whitespace() && c != ' ');
    let escape = (hidden || c == '"' || c == '\\').then(|| c.escape_default());
    let itself = escape.is_none().then_some(c);
    itself.into_iter().chain(escape.into_iter().flatten())
}
