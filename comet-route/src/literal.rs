//! Static segments: which characters they may have, and their normal form.

use crate::encode::fits_segment;
use crate::error::ParseError;
use crate::foreign;
use crate::normalize::normalize_path;
use crate::percent::{Unit, is_segment_byte, push_escape, units};
use crate::piece::Piece;
use crate::spell::{is_hidden, spell_char};

/// Reads a segment without braces into its normal form.
pub(crate) fn read(piece: Piece<'_>) -> Result<String, ParseError> {
    if let Some(error) = foreign::refuse(piece) {
        return Err(error);
    }
    if let Some((at, c)) = piece.text.char_indices().find(|(_, c)| !is_legal(*c)) {
        return Err(illegal(piece, at, c));
    }
    if let Some((at, _)) = units(piece.text).find(|(_, unit)| *unit == Unit::Stray) {
        return Err(bad_escape(piece, at));
    }
    let normal = normalize_path(piece.text).into_owned();
    if !fits_segment(&normal) {
        return Err(dots(piece));
    }
    Ok(normal)
}

fn is_legal(c: char) -> bool {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => byte == b'%' || is_segment_byte(byte),
        _ => !is_hidden(c),
    }
}

fn illegal(piece: Piece<'_>, at: usize, c: char) -> ParseError {
    let start = piece.start + at;
    let range = start..start + c.len_utf8();
    let message = format!("`{}` is not allowed in a route", spell_char(c));
    let help = match c {
        '#' => "a fragment never reaches the server: leave it out, or write `%23` for the \
                character itself"
            .into(),
        '\0'..='\x1f' | '\x7f' => "leave it out: no client sends control characters".into(),
        _ => format!("percent-encode it: `{}`", escaped(piece.text)),
    };
    ParseError::new(range, message, help)
}

/// The segment with what is not allowed percent-encoded.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if is_legal(c) {
            out.push(c);
        } else {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push_escape(&mut out, byte));
        }
    }
    out
}

fn bad_escape(piece: Piece<'_>, at: usize) -> ParseError {
    let text: String = piece.text[at..].chars().take(3).collect();
    let start = piece.start + at;
    ParseError::new(
        start..start + text.len(),
        format!("`{text}` is not a percent escape"),
        "an escape is `%` and two hex digits; write `%25` for a percent sign",
    )
}

fn dots(piece: Piece<'_>) -> ParseError {
    ParseError::new(
        piece.range(),
        format!("`{}` cannot be a segment of a route", piece.text),
        "clients resolve `.` and `..` before they send a request: write the path that is meant",
    )
}
