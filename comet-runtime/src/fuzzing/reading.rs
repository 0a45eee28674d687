//! What clients send: read without a panic, and only as what it is.

use http::{HeaderValue, Request, StatusCode, header};

use crate::app::fuzzed;
use crate::channel::{Declaration, Directory, OnGap, Positions, Slow, guard, open};
use crate::log::{Cursor, EventName};
use crate::registry::{Access, Location, Shape};
use crate::transport::{Callback, Transport, negotiate, websocket};

const fn declaration(pattern: &'static str) -> Declaration {
    Declaration {
        pattern,
        payload: "Event",
        media: None,
        history: None,
        max_age: None,
        on_gap: OnGap::Replay,
        slow: Slow::Gap,
        presence: None,
        group: "fuzzing",
        access: Access::Public,
        module: "fuzzing",
        at: Location { file: "fuzzing", line: 1, column: 1 },
        types: crate::typescript::undescribed,
        guard: |_| guard(async { open() }),
    }
}

static CHANNELS: [Declaration; 3] = [
    declaration("a"),
    declaration("rooms/{room}"),
    Declaration { media: Some("image/png"), ..declaration("rooms/{room}/camera/{id}") },
];

fn directory() -> Directory {
    let mut directory = Directory::default();
    for declaration in &CHANNELS {
        directory.add(declaration).unwrap();
    }
    directory
}

/// Whatever is read as a position is written as it was; several are read again as they were written.
pub fn cursor(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string(), text);
        assert!(text.len() <= 64);
    }
    let positions = Positions::read(&text);
    assert_eq!(Positions::read(&positions.to_string()), positions);
}

/// Whatever is a name breaks no framing.
pub fn event_name(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(name) = EventName::new(text.to_string()) {
        assert_eq!(name.as_str(), text);
        assert!(text.len() <= 64 && !text.is_empty());
        assert!(!text.contains(|c: char| !c.is_ascii_alphanumeric() && !"_.-".contains(c)));
    }
}

/// A name that is found is found again by its normal form, with the same values, and leads nowhere else.
pub fn channel_name(data: &[u8]) {
    let name = String::from_utf8_lossy(data);
    match directory().find(&name) {
        Ok(found) => {
            let again = directory().find(&found.name).unwrap();
            assert_eq!((&again.name, &again.values), (&found.name, &found.values));
            assert!(found.name.len() <= 200);
            assert!(found.name.split('/').all(|segment| !matches!(segment, "" | "." | "..")));
            assert!(found.name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'));
            assert!(found.values.iter().all(|(_, value)| !value.contains(char::is_control)));
        }
        Err(error) => {
            assert!(matches!(error.status(), StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND));
            assert!(!error.to_string().contains(char::is_control), "{error}");
        }
    }
}

/// A batch that is taken has an event for each one that is in it; of any other the status says what is wrong.
pub fn publish(data: &[u8]) {
    match fuzzed::events(data, &directory()) {
        Ok(events) => match serde_json::from_slice(data).unwrap() {
            serde_json::Value::Array(sent) => assert!(events == sent.len() && events <= 1000),
            one => assert!(events == 1 && one.is_object()),
        },
        Err(error) => assert!(
            [400, 404, 413].contains(&error.status().as_u16()),
            "{} {error}",
            error.status()
        ),
    }
}

/// What is malformed in `Accept` changes nothing, and nothing is chosen by it that it cannot name.
pub fn accept(data: &[u8]) {
    let chosen = |accept: &[u8], shape| {
        let value = HeaderValue::from_bytes(accept).ok()?;
        let request = Request::get("/").header(header::ACCEPT, value).body(()).unwrap();
        Some(negotiate(shape, &request.into_parts().0).map_err(|error| error.status()))
    };
    for shape in [Shape::Once, Shape::Page, Shape::Events] {
        let Some(one) = chosen(data, shape) else { return };
        assert!(!matches!(one, Ok(Transport::Frame)));
        assert!(one.is_ok() || one == Err(StatusCode::NOT_ACCEPTABLE));
        let beside = [b"nonsense, ;q=1, a/b;q=7,", data].concat();
        assert_eq!(chosen(&beside, shape), Some(one));
    }
}

/// No id is an error, and whatever is read of it is a position.
pub fn last_event_id(data: &[u8]) {
    let (id, query) = data.split_at(data.len() / 2);
    let Some(read) = fuzzed::positions(id, query) else { return };
    let positions = read.expect("an id is never refused");
    assert_eq!(Positions::read(&positions.to_string()), positions);
}

/// Only an identifier is taken, and what calls it begins with a comment and its name.
pub fn callback(data: &[u8]) {
    let name = String::from_utf8_lossy(data);
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    let is_identifier = (1..=64).contains(&name.len())
        && name.starts_with(letter)
        && name.chars().all(|c| letter(c) || c.is_ascii_digit());
    let taken = Callback::asked_for(&name);
    assert_eq!(taken.is_some(), is_identifier, "{name:?}");
    if let Some(callback) = taken {
        assert_eq!(callback.script(b"[]"), format!("/**/{name}([]);").as_bytes());
    }
}

/// A client's frames are the same messages and the same end, however their bytes are cut; what is held meanwhile is bounded.
pub fn websocket(data: &[u8]) {
    let whole = websocket::decoded([data]);
    assert_eq!(websocket::decoded(data.chunks(1)), whole, "byte by byte");
    // Cuts that the bytes themselves choose, so that a fuzzer can move them.
    let cuts = data.chunk_by(|byte, _| byte % 8 != 0);
    assert_eq!(websocket::decoded(cuts), whole);
}
