//! One segment of the path: static text or a placeholder.

use crate::braced::{self, Hole};
use crate::error::ParseError;
use crate::literal;
use crate::name::suggest_or;
use crate::piece::Piece;

pub(crate) enum Read<'s> {
    /// In normal form.
    Static(String),
    Hole(Hole<'s>),
}

/// Reads a segment that is not empty; its braces are known to be paired.
pub(crate) fn read(piece: Piece<'_>) -> Result<Read<'_>, ParseError> {
    let Some(open) = piece.text.find('{') else { return literal::read(piece).map(Read::Static) };
    match piece.inside_braces() {
        Some(inner) => braced::read(piece, inner).map(Read::Hole),
        None => Err(partial(piece, open)),
    }
}

fn partial(piece: Piece<'_>, open: usize) -> ParseError {
    let inside = piece.text[open + 1..].split([':', '}']).next().unwrap_or_default();
    let name = suggest_or(inside, "name");
    ParseError::new(
        piece.range(),
        format!("a parameter must be a whole segment: `{}`", piece.shown()),
        format!("take the whole segment with `{{{name}}}` and split it in the handler"),
    )
}
