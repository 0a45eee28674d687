//! `{name}` and `{*name}`: what stands between the braces.

use crate::error::ParseError;
use crate::name::{is_identifier, is_unusable, suggest, suggest_or};
use crate::piece::Piece;

/// A placeholder read, its name borrowed from the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hole<'s> {
    pub(crate) name: &'s str,
    pub(crate) rest: bool,
}

/// Reads `{…}`; `inner` is the text between the braces of `piece`.
pub(crate) fn read<'s>(piece: Piece<'s>, inner: &'s str) -> Result<Hole<'s>, ParseError> {
    let (name, rest) = inner.strip_prefix('*').map_or((inner, false), |name| (name, true));
    if !is_identifier(name) {
        return Err(not_a_name(piece, inner, name, rest));
    }
    if is_unusable(name) {
        let message = format!("`{}` cannot name an argument", piece.text);
        return Err(ParseError::new(piece.range(), message, "choose a name such as `{id}`"));
    }
    Ok(Hole { name, rest })
}

fn not_a_name(piece: Piece<'_>, inner: &str, name: &str, rest: bool) -> ParseError {
    let star = if rest { "*" } else { "" };
    if name.is_empty() {
        let example = if rest { "rest" } else { "id" };
        let message = format!("`{}` is not a valid argument name", piece.text);
        let help = format!("name the argument that receives it: `{{{star}{example}}}`");
        return ParseError::new(piece.range(), message, help);
    }
    if let Some(name) = other_rest(inner) {
        let message =
            format!("the rest of the path is written `{{*{name}}}`, not `{}`", piece.text);
        let help = format!("write `{{*{name}}}` and name the argument `{name}`");
        return ParseError::new(piece.range(), message, help);
    }
    if let Some((before, _)) = name.split_once(':') {
        let name = suggest_or(before, "name");
        let message = "the type comes from the argument";
        return ParseError::new(piece.range(), message, format!("write `{{{star}{name}}}`"));
    }
    let message = format!("route parameter `{}` is not a valid Rust name", shown(name));
    ParseError::new(piece.range(), message, rename(name, star))
}

fn rename(name: &str, star: &str) -> String {
    if let Some(keyword) = name.strip_prefix("r#").filter(|keyword| is_identifier(keyword)) {
        return format!("write `{{{star}{keyword}}}` and name the argument `{name}`");
    }
    match suggest(name) {
        Some(name) => format!("write `{{{star}{name}}}` and name the argument `{name}`"),
        None => "use ASCII letters, digits and `_`, such as `{id}`".into(),
    }
}

/// How other routers spell a rest: `{path*}`, `{path..}`, `{...path}`, `{**path}`, `{path:.*}`.
fn other_rest(inner: &str) -> Option<&str> {
    let name = inner.strip_suffix(":.*").or_else(|| inner.strip_suffix(":.+"));
    let name = name.unwrap_or_else(|| inner.trim_matches(['*', '.']));
    let decorated = name.len() != inner.trim_start_matches('*').len() || inner.starts_with("**");
    (decorated && is_identifier(name)).then_some(name)
}

/// A name on one line.
fn shown(name: &str) -> String {
    name.chars().map(crate::error::spell).collect()
}
