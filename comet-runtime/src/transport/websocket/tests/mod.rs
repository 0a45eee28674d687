#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod decoder;
mod encoder;
mod garbage;

use super::Close;
use super::decoder::Event;

/// What a decoder of messages of up to a kilobyte makes of pieces of a stream.
fn decoded(pieces: &[&[u8]]) -> Result<Vec<Event>, Close> {
    let (events, close) = super::decoded(pieces.iter().copied());
    close.map_or(Ok(events), Err)
}

/// A client's frame, its head as RFC 6455 draws it.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x37, 0xfa, 0x21, 0x3d];
    let mut bytes = vec![first];
    match payload.len() {
        short @ ..126 => bytes.push(0x80 | short as u8),
        long @ ..65536 => {
            bytes.push(0x80 | 126);
            bytes.extend((long as u16).to_be_bytes());
        }
        long => {
            bytes.push(0x80 | 127);
            bytes.extend((long as u64).to_be_bytes());
        }
    }
    bytes.extend(mask);
    bytes.extend(payload.iter().enumerate().map(|(at, byte)| byte ^ mask[at % 4]));
    bytes
}
