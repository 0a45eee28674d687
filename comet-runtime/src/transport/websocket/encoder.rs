//! Frames to a client, unmasked and never in fragments (RFC 6455, section 5.2).

use crate::transport::Message;

/// The first byte of a frame that is whole.
const WHOLE: u8 = 0x80;
const TEXT: u8 = 0x1;

/// A control frame.
#[derive(Clone, Copy, Debug)]
pub(super) enum Control {
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xa,
}

/// A message, as the JSON it is on every transport.
pub(crate) fn write(message: &Message<'_>, out: &mut Vec<u8>) {
    text(out, |out| message.write_json(out));
}

/// What `write` appends, as a text frame.
pub(super) fn text(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    // Most messages are longer than 125 bytes and shorter than 64 KiB; the others are moved.
    const USUAL: usize = 4;
    let start = out.len();
    out.extend_from_slice(&[0; USUAL]);
    write(out);
    let length = out.len() - start - USUAL;
    let head = head(WHOLE | TEXT, length);
    out.splice(start..start + USUAL, head);
}

/// A control frame; its payload has at most 125 bytes.
pub(super) fn control(out: &mut Vec<u8>, control: Control, payload: &[u8]) {
    out.extend(head(WHOLE | control as u8, payload.len()));
    out.extend_from_slice(payload);
}

/// The two, four or ten bytes before a payload.
fn head(first: u8, length: usize) -> impl Iterator<Item = u8> {
    let (short, long) = match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ ..126), _) => (short, 0..0),
        (_, Ok(_)) => (126, 6..8),
        _ => (127, 0..8),
    };
    let long = (length as u64).to_be_bytes().into_iter().skip(long.start).take(long.len());
    [first, short].into_iter().chain(long)
}
