//! A channel of bytes needs no JSON, and its subscription hands the bytes out.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use comet::{Channel, channel};

/// What a camera sees.
#[channel("camera/{id}", id: u32, content_type = "image/jpeg", public)]
#[derive(Debug)]
pub struct Frame(Vec<u8>);

impl AsRef<[u8]> for Frame {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Somebody else's bytes.
#[channel(content_type = "application/vnd.own+cbor", history = 4, on_gap = ignore, "raw", public)]
#[derive(Debug)]
pub struct Packet(bytes::Bytes);

impl AsRef<[u8]> for Packet {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!((Frame::DECLARATION.media, Frame::DECLARATION.history), (Some("image/jpeg"), None));
    assert_eq!(Packet::DECLARATION.history, Some(4));

    let mut seen = Frame::channel(7).subscribe();
    Frame::channel(7).publish(&Frame(b"\xff\xd8\n\r\xff".to_vec())).await.unwrap();
    let frame = seen.next().await.unwrap();
    assert_eq!(&frame.bytes()[..], b"\xff\xd8\n\r\xff");
    assert_eq!(serde_json::to_string(&frame).unwrap(), r#""data:image/jpeg;base64,/9gKDf8=""#);

    assert_eq!(Packet::channel().publish(&Packet(bytes::Bytes::from_static(b"a"))).await.unwrap(), 1);
    let nothing = Packet::channel().publish(&Packet(bytes::Bytes::new())).await.unwrap_err();
    assert_eq!(nothing.to_string(), "an event of bytes has at least one byte");
    assert_eq!(Packet::channel().newest(), 1);
}
