//! How other systems spell a parameter, and the same in Comet.

use crate::error::ParseError;
use crate::name::suggest_or;
use crate::piece::Piece;

/// The refusal of a segment that is a parameter in another system's syntax.
pub(crate) fn refuse(piece: Piece<'_>) -> Option<ParseError> {
    let text = piece.text;
    let (name, rest) = read(text)?;
    let star = if rest { "*" } else { "" };
    let kind = if rest { "the rest of the path is" } else { "route parameters are" };
    Some(ParseError::new(
        piece.range(),
        format!("{kind} written `{{{star}{name}}}`, not `{}`", piece.shown()),
        format!("write `{{{star}{name}}}` and name the argument `{name}`"),
    ))
}

/// The name, and whether it is a rest.
fn read(text: &str) -> Option<(String, bool)> {
    if matches!(text, "%@" | "%s" | "%d") {
        return Some(("name".into(), false));
    }
    if let Some(name) = text.strip_prefix('*') {
        return Some((suggest_or(name, "rest"), true));
    }
    if let Some(name) = text.strip_prefix(':') {
        let (name, rest) = name.strip_suffix(['*', '+']).map_or((name, false), |name| (name, true));
        let name = name.split(['(', '?', '<']).next().unwrap_or_default();
        return Some((suggest_or(name, "name"), rest));
    }
    let inner = enclosed(text, '<', '>').or_else(|| enclosed(text, '[', ']'))?;
    let (kind, name) = inner.rsplit_once(':').unwrap_or(("", inner));
    let rest = kind == "path" || name.starts_with("...") || name.ends_with("..");
    Some((suggest_or(name, "name"), rest))
}

fn enclosed(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}
