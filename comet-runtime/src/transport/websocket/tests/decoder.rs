use super::{Close, Event, decoded, frame};

fn text(text: &str) -> Event {
    Event::Text(text.to_owned())
}

#[test]
fn the_masked_hello_of_the_standard() {
    let hello = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
    assert_eq!(decoded(&[&hello]), Ok(vec![text("Hello")]));
    let bytes: Vec<&[u8]> = hello.chunks(1).collect();
    assert_eq!(decoded(&bytes), Ok(vec![text("Hello")]), "split in bytes");
}

#[test]
fn fragments_are_joined_and_control_frames_come_between() {
    let stream = [
        frame(0x01, "grü".as_bytes().split_at(3).0),
        frame(0x89, b"?"),
        frame(0x00, b""),
        frame(0x80, "ü!".as_bytes().split_at(1).1),
        frame(0x8a, b""),
        frame(0x81, b""),
        frame(0x88, b""),
    ];
    let wanted =
        vec![Event::Ping(b"?".to_vec()), text("grü!"), Event::Pong, text(""), Event::Close(None)];
    assert_eq!(decoded(&[&stream.concat()]), Ok(wanted));
}

#[test]
fn a_message_may_be_as_long_as_the_limit_and_no_longer() {
    let longest = "x".repeat(1024);
    assert_eq!(decoded(&[&frame(0x81, longest.as_bytes())]), Ok(vec![text(&longest)]));
    let head = [0x81, 0x80 | 126, 0x04, 0x01];
    assert_eq!(decoded(&[&head]), Ok(vec![]), "the mask is to come");
    assert_eq!(decoded(&[&head, &[0; 4]]), Err(Close::TOO_BIG), "before any of it has come");
    let two = [frame(0x01, &[b'x'; 1024]), frame(0x80, b"x")].concat();
    assert_eq!(decoded(&[&two]), Err(Close::TOO_BIG));
    let huge = [&[0x81, 0x80 | 127][..], &(i64::MAX as u64).to_be_bytes(), &[0; 4]].concat();
    assert_eq!(decoded(&[&huge]), Err(Close::TOO_BIG));
}

#[test]
fn each_violation_has_its_code() {
    let code = |bytes: &[u8]| decoded(&[bytes]).map_err(|close| close.code.unwrap());
    for (bytes, wanted) in [
        (vec![0x81, 0x05], 1002), // unmasked
        (vec![0xc1], 1002),       // reserved bits
        (vec![0xa1], 1002),
        (vec![0x91], 1002),
        (vec![0x83], 1002), // opcodes that are none
        (vec![0x8b], 1002),
        (frame(0x82, b"x"), 1003),      // binary
        (vec![0x09, 0x80], 1002),       // a ping in fragments
        (vec![0x89, 0x80 | 126], 1002), // a long ping
        (frame(0x80, b"x"), 1002),      // nothing to go on with
        ([frame(0x01, b"x"), frame(0x81, b"y")].concat(), 1002),
        (vec![0x81, 0x80 | 126, 0, 125], 1002), // lengths written too long
        ([&[0x81, 0x80 | 127][..], &65535_u64.to_be_bytes()].concat(), 1002),
        ([&[0x81, 0x80 | 127][..], &u64::MAX.to_be_bytes()].concat(), 1002),
        (frame(0x81, &[0xff]), 1007),
        ([frame(0x01, &[0xc3]), frame(0x80, b"x")].concat(), 1007),
        (frame(0x88, &[3]), 1002), // half a code
        (frame(0x88, &1005_u16.to_be_bytes()), 1002),
        (frame(0x88, &999_u16.to_be_bytes()), 1002),
        (frame(0x88, &[0x03, 0xe8, 0xff]), 1007),
    ] {
        assert_eq!(code(&bytes), Err(wanted), "{bytes:x?}");
    }
    assert_eq!(decoded(&[&frame(0x88, b"\x0f\xa0bye")]), Ok(vec![Event::Close(Some(4000))]));
}
