//! Any bytes at all, in pieces of any size.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Event, decoded, frame};

/// A message as a client may send it: its text, and where it is cut into frames.
fn message() -> impl Strategy<Value = (String, Vec<usize>)> {
    ("\\PC{0,200}", vec(0_usize..200, 0..4))
}

fn frames(text: &str, cuts: &[usize]) -> Vec<u8> {
    let mut cuts: Vec<_> = cuts.iter().map(|cut| cut % (text.len() + 1)).collect();
    cuts.sort_unstable();
    cuts.push(text.len());
    let (mut from, mut bytes) = (0, Vec::new());
    for (nth, cut) in cuts.iter().enumerate() {
        let opcode = if nth == 0 { 0x1 } else { 0x0 };
        let last = if nth + 1 == cuts.len() { 0x80 } else { 0x0 };
        bytes.extend(frame(opcode | last, &text.as_bytes()[from..*cut]));
        from = *cut;
    }
    bytes
}

proptest! {
    #[test]
    fn what_is_sent_arrives_however_it_is_cut(
        messages in vec(message(), 0..5),
        size in 1_usize..50,
    ) {
        let stream: Vec<_> = messages.iter().flat_map(|(text, cuts)| frames(text, cuts)).collect();
        let pieces: Vec<&[u8]> = stream.chunks(size).collect();
        let wanted: Vec<_> = messages.into_iter().map(|(text, _)| Event::Text(text)).collect();
        prop_assert_eq!(decoded(&pieces), Ok(wanted));
    }

    #[test]
    fn no_bytes_do_harm(bytes in vec(any::<u8>(), 0..500), size in 1_usize..50) {
        let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
        // `decoded` looks at what is held.
        let _ = decoded(&pieces);
    }

    #[test]
    fn nearly_right_bytes_do_no_harm(
        first in prop::sample::select(vec![0x01_u8, 0x81, 0x00, 0x80, 0x88, 0x89, 0x8a]),
        payload in vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let mut bytes = frame(first, &payload);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let _ = decoded(&[&bytes, &bytes, &bytes]);
    }
}
