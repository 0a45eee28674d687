//! Names of JavaScript.

use std::borrow::Cow;

/// What no function may be called: the words of the language (ECMA-262, section 12.7.2, and those of strict mode), and
/// what the file has already.
const RESERVED: &str = "arguments async await break case catch class comet const continue debugger \
    default delete do else enum eval export extends false finally for function if implements import \
    in instanceof interface let new null package private protected public query rest return segment \
    static super switch this throw true try typeof undefined var void while with yield";

/// The name of a function: `todos_add` and `todos-add` are `todosAdd`.
pub(super) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in name.split(['_', '-']).filter(|part| !part.is_empty()) {
        let mut letters = part.chars();
        let Some(first) = letters.next() else { continue };
        let first =
            if out.is_empty() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
        out.push(first);
        out.extend(letters);
    }
    if out.is_empty() || out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert(0, '_');
    }
    if RESERVED.split_ascii_whitespace().any(|word| word == out) {
        out.push('_');
    }
    out
}

/// The name of a property, in quotes where it has to be.
pub(super) fn property(name: &str) -> Cow<'_, str> {
    if is_identifier(name) { name.into() } else { format!("{name:?}").into() }
}

pub(super) fn is_identifier(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$'))
}

/// What stands behind the `=` of a declaration.
pub(super) fn definition(declaration: &str) -> &str {
    let behind = declaration.split_once('=').map_or("", |(_, behind)| behind);
    behind.trim().trim_end_matches(';').trim()
}

/// Whether a type is text: a string, or one of several literal ones.
pub(super) fn is_text(definition: &str) -> bool {
    let literal = |part: &str| part.starts_with('"') && part.ends_with('"') && part.len() > 1;
    definition == "string" || definition.split(" | ").all(literal)
}
