//! The query of a route: `?{name}&{other}`.

use crate::braced::{self, Braced};
use crate::error::ParseError;
use crate::name::suggest_or;
use crate::piece::Piece;
use crate::spell::spell;

/// Reads what is between two `&`; its braces are known to be paired.
pub(crate) fn parameter(piece: Piece<'_>) -> Result<&str, ParseError> {
    let Some(inner) = piece.inside_braces() else { return Err(not_a_parameter(piece)) };
    match braced::read(piece, inner)? {
        Braced { name, rest: false } => Ok(name),
        Braced { name, rest: true } => Err(ParseError::new(
            piece.range(),
            format!("`{{*{name}}}` cannot stand in the query"),
            format!("only a path has a rest: write `{{{name}}}`"),
        )),
    }
}

/// The refusal of a `?` at the end of the source.
pub(crate) fn missing(path: &str) -> ParseError {
    let shown = spell(path);
    let help = format!("write \"{shown}\", or name a query parameter: \"{shown}?{{name}}\"");
    ParseError::new(path.len()..path.len() + 1, "no query parameter follows the `?`", help)
}

fn not_a_parameter(piece: Piece<'_>) -> ParseError {
    if piece.text.is_empty() {
        let message = "the route has an empty query parameter";
        return ParseError::new(piece.range(), message, "write one `&` between two parameters");
    }
    if let Some((before, _)) = piece.text.split_once("}#") {
        let at = piece.start + before.len() + 1;
        let help = "a fragment never reaches the server: leave it out";
        return ParseError::new(at..at + 1, "`#` is not allowed in a route", help);
    }
    let shown = piece.shown();
    let message = format!("query parameters are written `?{{name}}&{{other}}`, found `{shown}`");
    ParseError::new(piece.range(), message, rewrite(piece.text))
}

fn rewrite(text: &str) -> String {
    if text.contains("}/") {
        return "the query comes last: write the path before the `?`".into();
    }
    if text.contains("}?") {
        return "write `&` between two query parameters".into();
    }
    let inside = text.split_once('{').map_or(text, |(_, behind)| behind);
    let word = inside.split(['}', '=']).next().unwrap_or_default();
    let name = suggest_or(word, "name");
    if text.contains('=') {
        return format!("write `{{{name}}}`: the parameter has the name of the argument");
    }
    format!("write `{{{name}}}` and name the argument `{name}`")
}
