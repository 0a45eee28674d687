//! The query of a route: `?{name}&{other}`.

use crate::error::ParseError;
use crate::model::Place;
use crate::name::suggest_or;
use crate::parse::Parser;
use crate::piece::Piece;
use crate::placeholder::{self, Hole};

/// Reads what is behind the `?`; its braces are known to be paired.
pub(crate) fn read(parser: &mut Parser, query: Piece<'_>) {
    if query.text.is_empty() {
        parser.errors.push(empty_query(parser.route.path(), query));
        return;
    }
    for piece in query.split('&') {
        match parameter(piece) {
            Ok(name) => parser.name(name, Place::Query, piece),
            Err(error) => parser.errors.push(error),
        }
    }
}

fn empty_query(path: &str, query: Piece<'_>) -> ParseError {
    let help = format!("write \"{path}\", or name a query parameter: \"{path}?{{name}}\"");
    ParseError::new(query.start - 1..query.start, "no query parameter follows the `?`", help)
}

fn parameter(piece: Piece<'_>) -> Result<&str, ParseError> {
    if let Some(at) = piece.text.find('#').filter(|at| piece.text[..*at].ends_with('}')) {
        let help = "a fragment never reaches the server: leave it out";
        let range = piece.range_of(at, '#');
        return Err(ParseError::new(range, "`#` is not allowed in a route", help));
    }
    let inner = piece.text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let Some(inner) = inner.filter(|inner| !inner.contains('}')) else {
        return Err(not_a_parameter(piece));
    };
    match placeholder::read(piece, inner)? {
        Hole { name, rest: false } => Ok(name),
        Hole { name, rest: true } => Err(ParseError::new(
            piece.range(),
            format!("`{{*{name}}}` cannot stand in the query"),
            format!("only a path has a rest: write `{{{name}}}`"),
        )),
    }
}

fn not_a_parameter(piece: Piece<'_>) -> ParseError {
    let text = piece.text;
    if text.is_empty() {
        let message = "the route has an empty query parameter";
        return ParseError::new(piece.range(), message, "write one `&` between two parameters");
    }
    let name = suggest_or(text.split(['=', '}']).next().unwrap_or_default(), "name");
    let help = match text.split_once('=') {
        Some(_) => format!("write `{{{name}}}`: the parameter has the name of the argument"),
        None if text.contains("}/") => "the query comes last: write the path before the `?`".into(),
        None if text.contains("}?") => "write `&` between two query parameters".into(),
        None => format!("write `{{{name}}}` and name the argument `{name}`"),
    };
    let shown: String = text.chars().map(crate::error::spell).collect();
    let message = format!("query parameters are written `?{{name}}&{{other}}`, found `{shown}`");
    ParseError::new(piece.range(), message, help)
}
