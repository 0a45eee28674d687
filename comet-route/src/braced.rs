//! `{name}` and `{*name}`: what stands between the braces.

use crate::error::ParseError;
use crate::name::{is_identifier, is_unusable, suggest, suggest_or};
use crate::piece::Piece;
use crate::spell::spell;

/// A name read, and whether a `*` stood before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Braced<'s> {
    pub(crate) name: &'s str,
    pub(crate) rest: bool,
}

/// Reads `{…}`; `inner` is the text between the braces of `piece`.
pub(crate) fn read<'s>(piece: Piece<'s>, inner: &'s str) -> Result<Braced<'s>, ParseError> {
    let (name, rest) = inner.strip_prefix('*').map_or((inner, false), |name| (name, true));
    if !is_identifier(name) {
        let (message, help) = not_a_name(piece, inner, name, if rest { "*" } else { "" });
        return Err(ParseError::new(piece.range(), message, help));
    }
    if is_unusable(name) {
        let message = format!("`{}` cannot name an argument", piece.text);
        return Err(ParseError::new(piece.range(), message, "choose a name such as `{id}`"));
    }
    Ok(Braced { name, rest })
}

/// Message and help for `{inner}`, which is `{star name}`.
fn not_a_name(piece: Piece<'_>, inner: &str, name: &str, star: &str) -> (String, String) {
    if name.is_empty() {
        let example = if star.is_empty() { "id" } else { "rest" };
        return (
            format!("`{}` is not a valid argument name", piece.text),
            format!("name the argument that receives it: `{{{star}{example}}}`"),
        );
    }
    if let Some(name) = other_rest(inner) {
        return (
            format!("the rest of the path is written `{{*{name}}}`, not `{}`", piece.shown()),
            format!("write `{{*{name}}}` and name the argument `{name}`"),
        );
    }
    if let Some((before, behind)) = name.split_once(':') {
        let name = suggest_or(if before.is_empty() { behind } else { before }, "name");
        return ("the type comes from the argument".into(), format!("write `{{{star}{name}}}`"));
    }
    let kind = if name.chars().all(char::is_alphanumeric) && !name.is_ascii() {
        "not an ASCII name"
    } else {
        "not a valid Rust name"
    };
    (format!("route parameter `{}` is {kind}", spell(name)), rename(name, star))
}

fn rename(name: &str, star: &str) -> String {
    if let Some(keyword) = name.strip_prefix("r#").filter(|keyword| is_identifier(keyword)) {
        return format!("write `{{{star}{keyword}}}` and name the argument `{name}`");
    }
    match suggest(name).filter(|_| name.is_ascii()) {
        Some(name) => format!("write `{{{star}{name}}}` and name the argument `{name}`"),
        None => "use ASCII letters, digits and `_`, such as `{id}`".into(),
    }
}

/// How other routers spell a rest: `{path*}`, `{path..}`, `{...path}`, `{**path}`, `{path:.*}`.
fn other_rest(inner: &str) -> Option<&str> {
    let pattern = inner.strip_suffix(":.*").or_else(|| inner.strip_suffix(":.+"));
    let name = pattern.unwrap_or_else(|| inner.trim_matches(['*', '.']));
    is_identifier(name).then_some(name)
}
