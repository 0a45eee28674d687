//! What the other side does with the bytes, written from the standards and not from our encoders.

use serde_json::Value;

/// A dispatched event.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) event: String,
    pub(super) data: String,
}

/// The event stream interpretation of the HTML standard, section 9.2.6.
pub(super) fn sse(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let (mut events, mut next, mut last_id) = (Vec::new(), Event::default(), String::new());
    for line in lines(text) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" if line.is_empty() => {
                let mut event = std::mem::take(&mut next);
                if event.data.pop().is_some() {
                    event.id.clone_from(&last_id);
                    if event.event.is_empty() {
                        event.event.push_str("message");
                    }
                    events.push(event);
                }
            }
            "event" => next.event = value.to_owned(),
            "data" => {
                next.data.push_str(value);
                next.data.push('\n');
            }
            "id" if !value.contains('\0') => last_id = value.to_owned(),
            _ => {}
        }
    }
    events
}

/// Lines that have ended; CR LF, LF and CR end one.
fn lines(text: &str) -> Vec<&str> {
    let (mut lines, mut rest) = (Vec::new(), text);
    while let Some(end) = rest.find(['\r', '\n']) {
        lines.push(&rest[..end]);
        let long = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + long..];
    }
    lines
}

/// A JSON value a line.
pub(super) fn ndjson(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The text of each element of a frame. Only elements, comments and text without a character reference may be there.
pub(super) fn frame(bytes: &[u8]) -> Vec<Value> {
    let mut rest = std::str::from_utf8(bytes).unwrap();
    let mut values = Vec::new();
    while !rest.is_empty() {
        rest = rest.strip_prefix("<c-f>").unwrap_or_else(|| panic!("no element at `{rest}`"));
        // The first `<` ends the text, whatever follows.
        let (text, tail) = rest.split_at(rest.find('<').unwrap());
        assert!(!text.contains(['&', '>', '\u{2028}', '\u{2029}']), "`{text}` is not plain");
        values.push(serde_json::from_str(text).unwrap());
        rest = tail.strip_prefix("</c-f>\n").unwrap();
    }
    values
}

#[test]
fn the_event_stream_parser_reads_the_examples_of_the_standard() {
    let event = |id: &str, event: &str, data: &str| Event {
        id: id.to_owned(),
        event: event.to_owned(),
        data: data.to_owned(),
    };
    assert_eq!(sse(b"data: YHOO\ndata: +2\ndata: 10\n\n"), [event("", "message", "YHOO\n+2\n10")]);
    assert_eq!(
        sse(b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n"),
        [event("1", "message", "first event"), event("", "message", "second event")]
    );
    assert_eq!(
        sse(b"data\n\ndata\ndata\n\ndata:"),
        [event("", "message", ""), event("", "message", "\n")]
    );
    assert_eq!(
        sse(b"\xef\xbb\xbfevent: a\r\ndata: 1\r\rdata: 2\n\n"),
        [event("", "a", "1"), event("", "message", "2")]
    );
    assert_eq!(sse(b"id: 1\0\ndata: x\n\n"), [event("", "message", "x")]);
}
