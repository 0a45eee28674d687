use crate::transport::websocket::encoder::{Control, control, text};

#[test]
fn a_head_is_as_short_as_it_can_be() {
    for (length, head) in [
        (0, vec![0x81, 0]),
        (125, vec![0x81, 125]),
        (126, vec![0x81, 126, 0, 126]),
        (65535, vec![0x81, 126, 0xff, 0xff]),
        (65536, vec![0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
    ] {
        let mut out = b"before".to_vec();
        text(&mut out, |out| out.extend(vec![b'x'; length]));
        let wanted = [b"before".to_vec(), head, vec![b'x'; length]].concat();
        assert!(out == wanted, "{length}");
    }
}

#[test]
fn control_frames() {
    let mut out = Vec::new();
    control(&mut out, Control::Ping, b"");
    control(&mut out, Control::Pong, b"ab");
    control(&mut out, Control::Close, &[3, 232]);
    assert_eq!(out, b"\x89\x00\x8a\x02ab\x88\x02\x03\xe8");
}
