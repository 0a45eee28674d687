//! Channels from outside: what is wrong is refused in the caller's own transport, and every limit is where it is said.

use super::client::{field, status};
use super::websocket::{self, Socket};
use super::{Server, get};

pub(super) const SECRET: &str = "sesame-open-sesame";

fn start() -> Server {
    Server::with(|command| {
        command.env("COMET_PUBLISH_SECRET", SECRET);
    })
}

const WEBSOCKET: &str = "transport=websocket";

/// How each transport is asked for.
const TRANSPORTS: [&str; 7] = [
    "transport=sse",
    "transport=ndjson",
    "transport=frame",
    "transport=multipart",
    "transport=longpoll",
    "transport=jsonp&callback=f",
    WEBSOCKET,
];

/// A request for channels; a poll of it is answered at once.
fn events(transport: &str, query: &str) -> String {
    let query = format!("{transport}&timeout=0&{query}");
    match transport {
        WEBSOCKET => websocket::ask(&query, ""),
        _ => get(&format!("/comet/events?{query}"), "*/*"),
    }
}

/// The status that a caller is told, wherever its transport can read one.
fn told(transport: &str, answer: &str) -> u16 {
    let in_body = || {
        let (_, after) = answer.split_once("\"status\":")?;
        after[..3].parse().ok()
    };
    match transport {
        "transport=frame" | "transport=jsonp&callback=f" if status(answer) == 200 => {
            in_body().unwrap_or(200)
        }
        WEBSOCKET if status(answer) == 101 => in_body().unwrap_or(200),
        _ => status(answer),
    }
}

/// The first bytes of an answer that may not end: its head and what came with it.
fn begun(server: &Server, request: &str) -> String {
    if request.contains("\r\nupgrade: websocket\r\n") {
        let (mut socket, head) = Socket::ask(server.stream(), request);
        let body = match field(&head, "content-length") {
            "" => socket.there(),
            length => String::from_utf8(socket.exactly(length.parse().unwrap())).unwrap(),
        };
        return head + &body;
    }
    let mut client = server.connect();
    client.send(request);
    let head = client.until("\r\n\r\n");
    let body = match field(&head, "content-length") {
        "" => client.chunk(),
        length => client.exactly(length.parse().unwrap()),
    };
    head + &body
}

#[test]
fn what_is_no_channel_is_refused_by_every_transport() {
    let server = start();
    let many: String = (0..65).map(|n| format!("&channel=news/{n}")).collect();
    let long = format!("channel=news/{}", "x".repeat(300));
    for transport in TRANSPORTS {
        for (query, wanted) in [
            ("", 400),
            ("channel=", 400),
            ("channel=nobody", 404),
            ("channel=news", 404),
            (&long, 400),
            ("channel=../news/a", 400),
            ("channel=news/../a", 400),
            ("channel=news/..%2fa", 400),
            ("channel=news/%252e%252e", 400),
            ("channel=/etc/passwd", 400),
            ("channel=news/a%0Ab", 400),
            ("channel=news/a%0D%0Adata:x", 400),
            ("channel=news/a%00", 400),
            ("channel=news/%2500", 400),
            ("channel=letters/ann", 401),
            (&many, 400),
            ("channel=news/a&history=-1", 400),
            ("channel=news/a&client=short", 400),
        ] {
            let answer = begun(&server, &events(transport, query));
            let got = told(transport, &answer);
            // Nobody asks a script who it is.
            let by_script = transport.contains("jsonp") && wanted == 401;
            // A WebSocket may be there for calls alone.
            let for_calls = transport == WEBSOCKET && query.is_empty();
            let wanted = if by_script {
                403
            } else if for_calls {
                200
            } else {
                wanted
            };
            assert_eq!(got, wanted, "{transport} {query}: {answer}");
            assert!(!answer.contains("\r\ndata:x"), "{answer}");
        }
    }
    server.lives();
}

#[test]
fn a_cursor_that_is_none_of_ours_is_a_fresh_start_or_one_gap() {
    let server = start();
    let foreign = begun(&server, &events("transport=ndjson", "channel=news/other"));
    let (_, after) = foreign.split_once("\"cursor\":\"").unwrap();
    let foreign = after.split('"').next().unwrap();
    let forged = "7zzzzzzzzzzzzzzzzzzzzzzzzz.18446744073709551615";
    let huge = "a".repeat(5_000);
    for transport in TRANSPORTS {
        for (cursor, gap) in [
            ("", false),
            ("0", false),
            ("nonsense", false),
            ("%3Cscript%3E", false),
            ("%0D%0Ax", false),
            (&huge, false),
            ("zzzzzzzzzzzzzzzzzzzzzzzzzz.1", false),
            (forged, true),
            ("4fzzzxjykrx1kjq7bnt0xq3m2c.7", true),
            (foreign, true),
        ] {
            let answer =
                begun(&server, &events(transport, &format!("channel=news/a&cursor={cursor}")));
            assert_eq!(told(transport, &answer), 200, "{transport} {cursor}: {answer}");
            let told = answer.contains("epoch");
            assert_eq!(told, gap, "{transport} {cursor}: {answer}");
        }
        let header = events(transport, "channel=news/a");
        let header = header.replacen("\r\n", "\r\nlast-event-id: \u{1}\"<>\r\n", 1);
        let refused = status(&server.connect().ask(&header));
        assert!(matches!(refused, 101 | 200 | 400), "{transport}: {refused}");
    }
    server.lives();
}

#[test]
fn a_callback_is_no_code() {
    let server = start();
    for callback in ["alert(1)//", "a.b", "a[0]", "", "1a", "%3Cscript%3E", "f%00", "f%E2%80%A8"] {
        let query = format!("transport=jsonp&callback={callback}&channel=news/a");
        let answer = server.answer(&get(&format!("/comet/events?{query}"), "*/*"));
        assert_eq!(status(&answer), 400, "{callback}: {answer}");
        assert_eq!(field(&answer, "content-type"), "application/problem+json", "{callback}");
        assert!(!answer.contains("alert(1)"), "{answer}");
    }
}

/// A request to publish.
pub(super) fn publish(secret: &str, more: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST /comet/publish HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {secret}\r\n{more}\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

#[test]
fn who_publishes_without_the_secret_or_too_much_does_not() {
    let server = start();
    let event = r#"{"channel":"news/a","data":1}"#;
    for secret in ["", "wrong", "sesame-open-sesam", "sesame-open-sesame ", "sesame-open-sesamee"] {
        let answer = server.answer(&publish(secret, "", event));
        let wanted = if secret.trim_end() == SECRET { 200 } else { 401 };
        assert_eq!(status(&answer), wanted, "{secret:?}: {answer}");
    }
    let mut client = server.connect();
    client.try_send(publish(SECRET, "", &" ".repeat(2 << 20)).as_bytes());
    let answer = client.rest();
    assert_eq!(status(&answer), 413, "{answer}");
    server.lives();
}

#[test]
fn t6_what_is_json_is_no_script() {
    let server = start();
    let poll = begun(&server, &events("transport=longpoll", "channel=news/a"));
    let page = server.answer(&super::call("count", "application/json", "[1]"));
    for answer in [&poll, &page] {
        assert_eq!(status(answer), 200);
        assert_eq!(field(answer, "content-type"), "application/json");
        assert_eq!(field(answer, "x-content-type-options"), "nosniff");
        assert_eq!(field(answer, "cross-origin-resource-policy"), "same-origin");
    }
    assert!(poll.contains("\r\n\r\n{\"events\":"), "an object is no program: {poll}");
    let letters = get("/comet/events?transport=longpoll&channel=letters/ann", "*/*");
    let letters = letters.replacen("\r\n", "\r\nx-user: ann\r\n", 1);
    assert_eq!(status(&begun(&server, &letters)), 200);
    for field in ["sec-fetch-site: cross-site", "origin: https://evil.example", "origin: null"] {
        let asked = letters.replacen("\r\n", &format!("\r\n{field}\r\n"), 1);
        assert_eq!(status(&begun(&server, &asked)), 403, "{field}");
    }
}

/// What is asked for by a size, the largest that is let through, and how the next is refused.
type Limit = (&'static str, usize, u16, fn(usize) -> String);

#[test]
fn t13_each_limit_lets_its_own_size_through_and_refuses_the_next() {
    let server = start();
    let limits: [Limit; 10] = [
        ("bytes of arguments", 64 << 10, 413, |n| {
            super::call("add", "*/*", &format!("[1,{}2]", " ".repeat(n - 5)))
        }),
        ("header fields", 64, 431, |n| {
            let more: String = (0..n - 3).map(|n| format!("x-{n}: 1\r\n")).collect();
            get("/page", "*/*").replacen("\r\n\r\n", &format!("\r\n{more}\r\n"), 1)
        }),
        ("bytes of a channel's name", 200, 400, |n| {
            events("transport=longpoll", &format!("channel=news/{}", "x".repeat(n - 5)))
        }),
        ("channels of a stream", 64, 400, |n| {
            let names: String = (0..n).map(|n| format!("&channel=news/{n}")).collect();
            events("transport=longpoll", &names)
        }),
        ("letters of a callback", 64, 400, |n| {
            events(&format!("transport=jsonp&callback={}", "f".repeat(n)), "channel=news/a")
        }),
        ("letters of a client's id", 64, 400, |n| {
            events("transport=longpoll", &format!("channel=news/a&client={}", "c".repeat(n)))
        }),
        ("bytes published", 1 << 20, 413, |n| {
            let event = r#"{"channel":"news/b","data":1}"#;
            publish(SECRET, "", &format!("{event}{}", " ".repeat(n - event.len())))
        }),
        ("events published at once", 1_000, 413, |n| {
            let events = vec![r#"{"channel":"news/b","data":1}"#; n];
            publish(SECRET, "", &format!("[{}]", events.join(",")))
        }),
        ("letters of an event's name", 64, 400, |n| {
            let name = "e".repeat(n);
            publish(SECRET, "", &format!(r#"{{"channel":"news/b","event":"{name}","data":1}}"#))
        }),
        ("characters of an idempotency key", 255, 400, |n| {
            let key = format!("idempotency-key: {}\r\n", "k".repeat(n));
            publish(SECRET, &key, r#"{"channel":"news/b","data":1}"#)
        }),
    ];
    for (what, limit, refusal, request) in limits {
        for (size, wanted) in [(limit - 1, 200), (limit, 200), (limit + 1, refusal)] {
            let mut client = server.connect();
            client.try_send(
                request(size).replacen("\r\n", "\r\nconnection: close\r\n", 1).as_bytes(),
            );
            let answer = client.rest();
            assert_eq!(status(&answer), wanted, "{size} {what}: {answer:.600}");
        }
    }
    server.lives();
}
