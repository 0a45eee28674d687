//! The servers that are compared, and how each is spoken to.

use std::fmt::Write as _;

use super::answer::Answers;

/// A server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    /// This project.
    Comet,
    /// One loop that writes ready-made bytes: what the kernel charges.
    Limit,
    /// The same, writing at most every 5 ms.
    LimitOfBursts,
    /// axum 0.8 with `tokio::sync::broadcast`, as one writes it by hand.
    Axum,
    /// Nchan in nginx, where Debian's packages are installed.
    Nchan,
}

/// How messages come to their readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Server-sent events.
    Stream,
    /// Long polls.
    Poll,
}

/// What opens publishing, which is for this machine alone.
pub(crate) const SECRET: &str = "only-on-loopback-and-for-benches";

impl Peer {
    /// How it is called in tables.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Comet => "Comet",
            Self::Limit => "limit",
            Self::LimitOfBursts => "limit, each 5 ms",
            Self::Axum => "axum",
            Self::Nchan => "Nchan",
        }
    }

    /// The name of a channel; only Comet has kinds of them.
    #[must_use]
    pub(crate) fn channel(self, kind: &str, nth: usize) -> String {
        match self {
            Self::Comet => format!("{kind}/c{nth}"),
            _ => format!("c{nth}"),
        }
    }

    /// The request that follows a channel, after what was answered to the one before.
    #[must_use]
    pub(crate) fn follow(self, way: Way, channel: &str, answers: &Answers, body: &[u8]) -> String {
        match (self, way) {
            (Self::Comet, Way::Stream) => {
                get(&format!("/comet/events?channel={channel}"), "accept: text/event-stream\r\n")
            }
            (Self::Comet, Way::Poll) => {
                let cursor =
                    cursor(body).map_or(String::new(), |cursor| format!("&cursor={cursor}"));
                let path = format!("/comet/events?channel={channel}&transport=longpoll{cursor}");
                get(&path, "")
            }
            (_, Way::Stream) => get(&format!("/sse/{channel}"), "accept: text/event-stream\r\n"),
            (Self::Nchan, Way::Poll) => get(&format!("/poll/{channel}"), &validators(answers)),
            (_, Way::Poll) => {
                let cursor = answers.field("x-cursor");
                let query = cursor.map_or(String::new(), |cursor| format!("?c={cursor}"));
                get(&format!("/poll/{channel}{query}"), "")
            }
        }
    }

    /// Whether the first poll is answered at once, with a cursor and no message.
    #[must_use]
    pub(crate) const fn answers_first_poll(self) -> bool {
        matches!(self, Self::Comet)
    }

    /// The request that publishes a message.
    #[must_use]
    pub(crate) fn publish(self, channel: &str, message: &str) -> String {
        match self {
            Self::Comet => {
                let body = format!(r#"{{"channel":"{channel}","data":"{message}"}}"#);
                let fields =
                    format!("authorization: Bearer {SECRET}\r\ncontent-type: application/json\r\n");
                post("/comet/publish", &fields, &body)
            }
            _ => post(&format!("/pub/{channel}"), "content-type: text/plain\r\n", message),
        }
    }
}

fn get(path: &str, fields: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{fields}\r\n")
}

fn post(path: &str, fields: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\n{fields}content-length: {length}\r\n\r\n{body}"
    )
}

/// What Comet's answer to a poll says.
fn cursor(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let (_, after) = text.rsplit_once("\"cursor\":\"")?;
    after.split('"').next().map(str::to_owned)
}

/// What Nchan's answer to a poll says.
fn validators(answers: &Answers) -> String {
    let mut fields = String::new();
    for (of, field) in [("etag", "if-none-match"), ("last-modified", "if-modified-since")] {
        if let Some(value) = answers.field(of) {
            let _infallible = write!(fields, "{field}: {value}\r\n");
        }
    }
    fields
}
