//! What a client's bytes are read as, for the properties that hold for any.

use bytes::BytesMut;

use super::Close;
use super::decoder::{Decoder, Event};

/// The longest message that is read here.
const LIMIT: usize = 1024;

/// What pieces of a stream are read as: the events, and how it is closed if it is. Asserts what is held meanwhile.
pub(crate) fn decoded<'p>(
    pieces: impl IntoIterator<Item = &'p [u8]>,
) -> (Vec<Event>, Option<Close>) {
    let mut decoder = Decoder::new(LIMIT);
    let (mut input, mut events) = (BytesMut::new(), Vec::new());
    for piece in pieces {
        input.extend_from_slice(piece);
        loop {
            match decoder.read(&mut input) {
                Ok(Some(event)) => events.push(event),
                Ok(None) => break,
                Err(close) => return (events, Some(close)),
            }
        }
        assert!(input.len() < 14, "only the beginning of a head is left behind");
        assert!(decoder.held() <= 2 * (LIMIT + 125), "{} bytes are held", decoder.held());
    }
    (events, None)
}
