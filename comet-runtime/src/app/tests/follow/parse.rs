//! What clients make of the bytes, as they come in pieces. Written from `docs/protocol.md`, not from the encoders.

use http::header::{CONNECTION, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::request::Builder;
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Transport {
    Sse,
    Ndjson,
    Frame,
    Multipart,
    LongPoll,
    Jsonp,
    WebSocket,
}

impl Transport {
    pub(super) const ALL: [Self; 7] = [
        Self::Sse,
        Self::Ndjson,
        Self::Frame,
        Self::Multipart,
        Self::LongPoll,
        Self::Jsonp,
        Self::WebSocket,
    ];

    /// How it is asked for.
    pub(super) fn query(self) -> &'static str {
        match self {
            Self::Sse => "transport=sse",
            Self::Ndjson => "transport=ndjson",
            Self::Frame => "transport=frame",
            Self::Multipart => "transport=multipart",
            Self::LongPoll => "transport=longpoll",
            Self::Jsonp => "transport=jsonp&callback=took",
            Self::WebSocket => "transport=websocket",
        }
    }

    /// The request with the fields that this transport needs.
    pub(super) fn request(self, request: Builder) -> Builder {
        if self != Self::WebSocket {
            return request;
        }
        // The key of RFC 6455, section 1.3.
        request
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, "dGhlIHNhbXBsZSBub25jZQ==")
    }

    /// Whether it is one reply a request.
    pub(super) fn polls(self) -> bool {
        matches!(self, Self::LongPoll | Self::Jsonp)
    }
}

#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) id: Option<String>,
    pub(super) event: String,
    pub(super) channel: Option<String>,
    pub(super) data: Value,
}

/// What has arrived and is not yet a whole message.
#[derive(Debug)]
pub(super) struct Parser {
    pub(super) transport: Transport,
    rest: Vec<u8>,
    /// Whether a WebSocket was closed by the server.
    pub(super) closed: bool,
}

impl Parser {
    pub(super) fn new(transport: Transport) -> Self {
        Self { transport, rest: Vec::new(), closed: false }
    }

    /// The messages that are complete with these bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Message> {
        self.rest.extend_from_slice(bytes);
        let mut messages = Vec::new();
        while let Some((message, length)) = self.first() {
            messages.extend(message);
            self.rest.drain(..length);
        }
        messages
    }

    /// What the first whole piece says, if anything, and how long it is.
    fn first(&mut self) -> Option<(Option<Message>, usize)> {
        let (end, read): (&str, fn(&str) -> Option<Message>) = match self.transport {
            Transport::Sse => ("\n\n", sse),
            Transport::Ndjson => ("\n", |line| Some(json(line))),
            Transport::Frame => ("\n", frame),
            Transport::Multipart => ("\n", part),
            Transport::WebSocket => return self.first_frame(),
            Transport::LongPoll | Transport::Jsonp => panic!("a poll has no pieces"),
        };
        let at = self.rest.windows(end.len()).position(|window| window == end.as_bytes())?;
        Some((read(text(&self.rest[..at])), at + end.len()))
    }

    /// The same of a WebSocket, whose server masks nothing and sends no fragments (RFC 6455, section 5.2).
    fn first_frame(&mut self) -> Option<(Option<Message>, usize)> {
        let [first, length, rest @ ..] = &*self.rest else { return None };
        let wide = match length {
            ..126 => 0,
            126 => 2,
            127 => 8,
            128.. => panic!("a masked frame"),
        };
        let number = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let length = if wide == 0 { usize::from(*length) } else { number(rest.get(..wide)?) };
        let payload = rest.get(wide..wide + length)?;
        let message = match first {
            0x81 => Some(json(text(payload))),
            0x88 => {
                self.closed = true;
                None
            }
            0x89 => None,
            other => panic!("{other:x} begins no frame of a server"),
        };
        Some((message, 2 + wide + length))
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The messages of a long poll's reply and its cursor.
pub(super) fn reply(transport: Transport, body: &[u8]) -> (Vec<Message>, String) {
    let called = || body.strip_prefix(b"/**/took(")?.strip_suffix(b");");
    let json = if transport == Transport::Jsonp { called().unwrap() } else { body };
    let body: Value = serde_json::from_slice(json).unwrap();
    let events = body["events"].as_array().unwrap();
    (events.iter().map(of_json).collect(), body["cursor"].as_str().unwrap().to_owned())
}

fn sse(block: &str) -> Option<Message> {
    let (mut message, mut data) = (Message::default(), None);
    for line in block.lines() {
        match line.split_once(": ") {
            Some(("id", id)) => message.id = Some(id.to_owned()),
            Some(("event", event)) => event.clone_into(&mut message.event),
            Some(("data", json)) => data = Some(serde_json::from_str(json).unwrap()),
            _ => assert_eq!(line, ":"),
        }
    }
    message.data = data?;
    // A stream of several channels calls its events by their channels, all of which have a slash here.
    if message.event.contains('/') {
        message.channel = Some(std::mem::take(&mut message.event));
    }
    if message.event.is_empty() {
        message.event.push_str("message");
    }
    Some(message)
}

fn frame(line: &str) -> Option<Message> {
    if line.starts_with("<!doctype html>") {
        return None;
    }
    let text = line.strip_prefix("<c-f>").and_then(|line| line.strip_suffix("</c-f>")).unwrap();
    Some(json(text))
}

/// A line of a part: its message, or what is around it.
fn part(line: &str) -> Option<Message> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    let around =
        line.is_empty() || line.starts_with("--") || line == "Content-Type: application/json";
    (!around).then(|| json(line))
}

fn json(text: &str) -> Message {
    of_json(&serde_json::from_str(text).unwrap())
}

fn of_json(value: &Value) -> Message {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Message {
        id: text("id"),
        event: text("event").unwrap(),
        channel: text("channel"),
        data: value["data"].clone(),
    }
}
