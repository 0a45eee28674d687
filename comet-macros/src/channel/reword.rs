//! What the grammar of routes says, said of a pattern.

use std::ops::Range;

use comet_route::ParseError;

use super::pattern::no_rest;

/// Said of a route, and said of a pattern.
const WORDS: [(&str, &str); 9] = [
    ("route parameter", "channel parameter"),
    ("the type comes from the argument", "the type stands beside the pattern, as in `name: Type`"),
    ("name the argument that receives it", "name the parameter"),
    ("and name the argument", "and declare"),
    ("is not a valid argument name", "is not a valid parameter name"),
    ("cannot name an argument", "cannot name a parameter"),
    ("a fragment never reaches the server: leave", "leave"),
    ("in the handler", "where it is used"),
    ("route", "pattern"),
];

/// The mistake in `/` and a pattern, as a mistake in the pattern.
pub(super) fn reworded(mut error: ParseError) -> ParseError {
    error.range = without_slash(&error.range);
    error.earlier = error.earlier.as_ref().map(without_slash);
    if error.message.contains("the rest of the path") || error.help.contains("{*") {
        return no_rest(error.range);
    }
    error.message = unquoted(&error.message);
    error.help = unquoted(&error.help).replace("\"/", "\"");
    error
}

/// A place in `/` and a pattern, as the place in the pattern.
pub(super) fn without_slash(range: &Range<usize>) -> Range<usize> {
    range.start.saturating_sub(1)..range.end.saturating_sub(1)
}

/// Changes the words outside of `…` and "…", which hold what the user wrote.
fn unquoted(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find(['`', '"']) {
        let (words, quoted) = rest.split_at(open);
        let close = quoted.char_indices().skip(1).find(|(_, c)| quoted.starts_with(*c));
        let end = close.map_or(quoted.len(), |(at, _)| at + 1);
        let (quoted, behind) = quoted.split_at(end);
        out.push_str(&replaced(words));
        out.push_str(quoted);
        rest = behind;
    }
    out + &replaced(rest)
}

fn replaced(words: &str) -> String {
    WORDS.iter().fold(words.to_owned(), |text, (route, pattern)| text.replace(route, pattern))
}
