//! Whether every brace has its partner. Checked first: behind a lost brace nothing can be told.

use std::ops::Range;

use crate::error::ParseError;
use crate::name::{is_identifier, suggest_or};

/// The first brace without a partner in the same segment or query parameter.
pub(crate) fn check(source: &str) -> Result<(), ParseError> {
    let mut open = None;
    for (at, c) in source.char_indices() {
        match (c, open) {
            ('{', None) => open = Some(at),
            ('{', Some(first)) => return Err(nested(source, first, at)),
            ('}', None) => return Err(unopened(source, at)),
            ('}', Some(_)) => open = None,
            ('/' | '&' | '?', Some(first)) => return Err(unclosed(source, first, at)),
            _ => {}
        }
    }
    open.map_or(Ok(()), |first| Err(unclosed(source, first, source.len())))
}

fn nested(source: &str, first: usize, second: usize) -> ParseError {
    let name = suggest_or(leading_name(&source[second + 1..]), "name");
    if second == first + 1 {
        let help = format!("write `{{{name}}}`, or `%7B` and `%7D` for the characters themselves");
        return ParseError::new(first..second + 1, "braces are not doubled in a route", help);
    }
    let name = suggest_or(leading_name(&source[first + 1..]), "name");
    let help = format!("a parameter is only a name: write `{{{name}}}`");
    ParseError::new(second..second + 1, "`{` inside a parameter", help)
}

fn unopened(source: &str, at: usize) -> ParseError {
    let before = source[..at].rsplit(['/', '?', '&', '{', '}']).next().unwrap_or_default();
    let name = suggest_or(before, "name");
    let help = format!("write `{{{name}}}`, or `%7D` for the character itself");
    ParseError::new(at..at + 1, "`}` without a `{` before it", help)
}

fn unclosed(source: &str, open: usize, end: usize) -> ParseError {
    let inner = &source[open + 1..end];
    if source[end..].starts_with("?}") && is_identifier(inner) {
        return optional(open..end + 2, inner);
    }
    let name = suggest_or(leading_name(inner), "name");
    if inner.contains(':') {
        let help = format!("write `{{{name}}}`");
        return ParseError::new(open..end, "the type comes from the argument", help);
    }
    let help = format!("write `{{{name}}}`, or `%7B` for the character itself");
    ParseError::new(open..end, "unclosed `{` in the route", help)
}

fn optional(range: Range<usize>, name: &str) -> ParseError {
    ParseError::new(
        range,
        format!("a path parameter is always present, so `{{{name}?}}` cannot be optional"),
        format!("write `{{{name}}}`, or `?{{{name}}}` with an `Option` argument"),
    )
}

/// What of `text` could be a name: up to the first character of a type, a pattern or a separator.
fn leading_name(text: &str) -> &str {
    text.trim_start_matches('*').split([':', '{', '}', '/', '?', '&']).next().unwrap_or_default()
}
