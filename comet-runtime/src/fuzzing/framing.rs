//! One message in is the same one message out of each framing, as the other side reads it.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};

use super::input::{Input, Sent};
use super::parsers;
use crate::log::{Cursor, Draft, Entry, Epoch};
use crate::transport::{Callback, Message, Parts, Transport};

pub fn sse(data: &[u8]) {
    same_out_of_sse(&Input(data).sent());
}

pub fn ndjson(data: &[u8]) {
    same_out_of_ndjson(&Input(data).sent());
}

pub fn frame(data: &[u8]) {
    same_out_of_frame(&Input(data).sent());
}

pub fn multipart(data: &[u8]) {
    same_out_of_multipart(&Input(data).sent());
}

pub fn image(data: &[u8]) {
    let images: Vec<&[u8]> = data.split(|byte| *byte == 0).collect();
    let parts = Parts::new(Some("image/png"));
    let mut bytes = parts.opening().to_vec();
    for image in &images {
        bytes.extend_from_slice(image);
        bytes.extend_from_slice(parts.delimiter());
    }
    let read = parsers::multipart(&boundary(&parts), &bytes);
    assert!(read.iter().all(|(header, _)| header == "Content-Type: image/png"), "{read:?}");
    assert_eq!(read.into_iter().map(|(_, body)| body).collect::<Vec<_>>(), images);
}

pub fn jsonp(data: &[u8]) {
    let value =
        json!(Input(data).sent().into_iter().map(|(_, value, _)| value).collect::<Vec<_>>());
    same_out_of_jsonp(&value);
}

pub(crate) fn same_out_of_sse(sent: &[Sent]) {
    let (bytes, wanted) = encoded(Transport::Sse, sent, b"");
    let read = parsers::sse(&bytes).into_iter().map(|event| {
        let data: Value = serde_json::from_str(&event.data).unwrap();
        json!({"id": event.id, "event": event.event, "data": data})
    });
    assert_eq!(read.collect::<Vec<_>>(), wanted);
}

pub(crate) fn same_out_of_ndjson(sent: &[Sent]) {
    let (bytes, wanted) = encoded(Transport::Ndjson, sent, b"");
    assert_eq!(parsers::ndjson(&bytes), wanted);
}

pub(crate) fn same_out_of_frame(sent: &[Sent]) {
    let (bytes, wanted) = encoded(Transport::Frame, sent, b"");
    assert_eq!(parsers::frame(&bytes), wanted);
}

pub(crate) fn same_out_of_multipart(sent: &[Sent]) {
    let parts = Parts::new(None);
    let (bytes, wanted) = encoded(Transport::Multipart, sent, parts.delimiter());
    let bytes = [parts.opening(), &bytes].concat();
    let read = parsers::multipart(&boundary(&parts), &bytes).into_iter().map(|(header, body)| {
        assert_eq!(header, "Content-Type: application/json");
        serde_json::from_slice::<Value>(&body).unwrap()
    });
    assert_eq!(read.collect::<Vec<_>>(), wanted);
}

pub(crate) fn same_out_of_jsonp(value: &Value) {
    let json = serde_json::to_vec(value).unwrap();
    let script = Callback::asked_for("f").unwrap().script(&json);
    assert_eq!(parsers::jsonp("f", &script), *value);
}

/// The bytes of the events, and what each of them is to be read as.
fn encoded(transport: Transport, sent: &[Sent], after: &[u8]) -> (Vec<u8>, Vec<Value>) {
    let epoch = Epoch::random();
    let mut bytes = Vec::new();
    let mut wanted = Vec::new();
    for ((event, value, pretty), offset) in sent.iter().zip(1..) {
        let cursor = Cursor::after(epoch, offset);
        let entry = Entry::new(cursor, Draft::new(event.clone(), raw(value, *pretty)));
        bytes.extend_from_slice(&transport.shared(&entry, Message::of));
        bytes.extend_from_slice(after);
        wanted.push(json!({"id": cursor.to_string(), "event": event.as_str(), "data": value}));
    }
    (bytes, wanted)
}

/// JSON text, with line breaks between its tokens as a handler may pass it through.
fn raw(value: &Value, pretty: bool) -> Bytes {
    let text = if pretty { serde_json::to_vec_pretty(value) } else { serde_json::to_vec(value) };
    let text = String::from_utf8(text.unwrap()).unwrap();
    Bytes::from(if pretty { text.replace('\n', "\r\n") } else { text })
}

/// The boundary as a client learns it.
fn boundary(parts: &Parts) -> String {
    let mut headers = HeaderMap::new();
    parts.describe(&mut headers);
    let content_type = headers["content-type"].to_str().unwrap();
    content_type.split_once("boundary=").unwrap().1.to_owned()
}
