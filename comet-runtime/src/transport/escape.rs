//! JSON inside other languages.

/// Writes JSON so that an HTML parser sees nothing but text, and that it is JavaScript as well. In JSON these characters
/// stand in strings only.
pub(super) fn escape(json: &[u8], out: &mut Vec<u8>) {
    let mut rest = json;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match (byte, tail) {
            (b'<', _) => hex(out, b"\\u003c", tail),
            (b'>', _) => hex(out, b"\\u003e", tail),
            (b'&', _) => hex(out, b"\\u0026", tail),
            (0xe2, [0x80, 0xa8, after @ ..]) => hex(out, b"\\u2028", after),
            (0xe2, [0x80, 0xa9, after @ ..]) => hex(out, b"\\u2029", after),
            _ => {
                out.push(byte);
                tail
            }
        };
    }
}

fn hex<'a>(out: &mut Vec<u8>, escape: &[u8], rest: &'a [u8]) -> &'a [u8] {
    out.extend_from_slice(escape);
    rest
}
