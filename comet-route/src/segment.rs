//! One segment of the path: static text or a placeholder.

use crate::braced::{self, Braced};
use crate::error::ParseError;
use crate::literal;
use crate::name::suggest_or;
use crate::piece::Piece;
use crate::route::Segment;

/// Reads a segment that is not empty; its braces are known to be paired.
pub(crate) fn read(piece: Piece<'_>) -> Result<Segment, ParseError> {
    let Some(open) = piece.text.find('{') else { return literal::read(piece).map(Segment::Static) };
    let Some(inner) = piece.inside_braces() else { return Err(partial(piece, open)) };
    let Braced { name, rest } = braced::read(piece, inner)?;
    Ok(if rest { Segment::Rest(name.into()) } else { Segment::Param(name.into()) })
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
