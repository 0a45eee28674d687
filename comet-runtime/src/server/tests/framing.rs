use proptest::prelude::*;

use crate::server::framing::{Framing, Malformed};

/// Feeds the bytes in pieces cut at these places; the error, if any, counted from the start.
fn read(bytes: &[u8], cuts: &[usize]) -> (Result<(), Malformed>, bool) {
    let mut framing = Framing::default();
    let mut cuts: Vec<_> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    cuts.push(bytes.len());
    cuts.sort_unstable();
    let mut start = 0;
    for cut in cuts {
        if let Err(malformed) = framing.read(&bytes[start..cut]) {
            let at = start + malformed.at;
            return (Err(Malformed { at, ..malformed }), framing.within_head());
        }
        start = cut;
    }
    (Ok(()), framing.within_head())
}

#[test]
fn bodies_are_told_from_heads() {
    let head = "POST / HTTP/1.1\r\nhost: a\r\n";
    for (rest, within_head) in [
        ("", true),
        ("\r", true),
        ("\r\n", false),
        ("\r\nG", true),
        ("content-length: 0\r\n\r\nG", true),
        ("content-length: 3\r\n\r\n\n\n", false),
        ("content-length: 3\r\n\r\n\n\n\n", false),
        ("content-length: 3\r\n\r\n\n\n\nG", true),
        ("Transfer-Encoding: Chunked\r\n\r\n1\r\n\n\r\n0\r\n\r", false),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n0\r\n\r\n", false),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n0\r\n\r\nG", true),
        ("Transfer-Encoding: chunked\r\n\r\nA;n=v\r\n0123456789\r\n00\r\nt: x\r\n\r\nG", true),
        ("x-content-length: 9\r\n\r\nG", true),
    ] {
        assert_eq!(
            read(&[head, rest].concat().into_bytes(), &[]),
            (Ok(()), within_head),
            "{rest:?}"
        );
    }
}

#[test]
fn what_is_malformed_is_found_where_it_is() {
    let head = "POST / HTTP/1.1\r\n";
    for (rest, at, reason) in [
        ("a: b\n", 4, "a line ends without a carriage return"),
        ("\n", 0, "a line ends without a carriage return"),
        ("content-length: x\r\n", 18, "Content-Length is not a number"),
        ("content-length: 18446744073709551616\r\n", 37, "Content-Length is not a number"),
        ("content-length: 1\r\ncontent-length: 1\r\n", 37, "more than one Content-Length"),
        ("transfer-encoding: br\r\n", 22, "Transfer-Encoding is not just `chunked`"),
        (
            "transfer-encoding: chunked\r\ncontent-length: 1\r\n\r\n",
            48,
            "both Content-Length and Transfer-Encoding",
        ),
        ("transfer-encoding: chunked\r\n\r\n\r", 30, "a chunk is not framed as it must be"),
        ("transfer-encoding: chunked\r\n\r\n1\r\nxx", 34, "a chunk is not framed as it must be"),
        (
            "transfer-encoding: chunked\r\n\r\n11111111111111111",
            46,
            "a chunk is not framed as it must be",
        ),
    ] {
        let found = read(&[head, rest].concat().into_bytes(), &[]).0;
        assert_eq!(found, Err(Malformed { at: head.len() + at, reason }), "{rest:?}");
    }
}

#[test]
fn a_long_line_is_not_kept_and_hides_nothing() {
    let head = "POST / HTTP/1.1\r\n";
    let spaces = " ".repeat(1_000);
    for line in [
        format!("content-length: {spaces}1"),
        format!("transfer-encoding: {spaces}chunked"),
        format!("transfer-encoding: chunked{spaces}, x"),
    ] {
        let found = read(format!("{head}{line}\r\n\r\n").as_bytes(), &[]).0;
        assert!(found.is_err() || line.contains(", x"), "{line:.30}");
    }
    let harmless = format!("{head}x: {spaces}content-length: 5\r\n\r\nG");
    assert_eq!(read(harmless.as_bytes(), &[]), (Ok(()), true));
}

proptest! {
    #[test]
    fn it_does_not_matter_how_the_bytes_are_cut(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("GET / HTTP/1.1\r\n"), Just("\r\n"), Just("\r"), Just("\n"), Just("a: b\r\n"),
                Just("content-length: 4\r\n"), Just("transfer-encoding: chunked\r\n"),
                Just("0\r\n\r\n"), Just("4\r\n"), Just("body"), Just("\r\n0\r\n"), Just("x"),
            ],
            0..12,
        ),
        cuts in proptest::collection::vec(any::<usize>(), 0..12),
    ) {
        let bytes = pieces.concat().into_bytes();
        prop_assert_eq!(read(&bytes, &cuts), read(&bytes, &[]));
    }
}
