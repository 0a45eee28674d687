//! What the other side does with the bytes, written from the standards and not from our encoders.

use serde_json::Value;

/// A dispatched event.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) event: String,
    pub(crate) data: String,
}

/// The event stream interpretation of the HTML standard, section 9.2.6.
pub(crate) fn sse(bytes: &[u8]) -> Vec<Event> {
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
pub(crate) fn ndjson(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The text of each element of a frame. Only elements, comments and text without a character reference may be there.
pub(crate) fn frame(bytes: &[u8]) -> Vec<Value> {
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

/// The complete parts of a multipart body, header block and bytes (RFC 2046, section 5.1.1): a delimiter is a line that
/// begins with two hyphens and the boundary, and the line break before it is its own.
pub(crate) fn multipart(boundary: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let first = format!("--{boundary}\r\n");
    let next = format!("\r\n--{boundary}\r\n");
    let mut rest = bytes.strip_prefix(first.as_bytes()).expect("the first delimiter");
    let mut parts = Vec::new();
    while let Some(end) = find(rest, next.as_bytes()) {
        let (part, tail) = (&rest[..end], &rest[end + next.len()..]);
        let header = find(part, b"\r\n\r\n").expect("an empty line after the header");
        let text = String::from_utf8(part[..header].to_vec()).unwrap();
        parts.push((text, part[header + 4..].to_vec()));
        rest = tail;
    }
    // Only the header of a part that never comes is left.
    assert!(rest.ends_with(b"\r\n\r\n"), "{rest:?}");
    parts
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The argument of a script that is one call and nothing else, with no character that ends a string, a line or an element.
pub(crate) fn jsonp(callback: &str, script: &[u8]) -> Value {
    let script = std::str::from_utf8(script).unwrap();
    let harmful = ['<', '>', '&', '\n', '\r', '\u{2028}', '\u{2029}'];
    assert!(!script.contains(harmful), "{script}");
    let argument = script.strip_prefix(&format!("/**/{callback}(")).unwrap();
    serde_json::from_str(argument.strip_suffix(");").unwrap()).unwrap()
}
