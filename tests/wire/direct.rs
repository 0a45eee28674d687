//! Streams of channels have their connection to themselves: how they are framed there, and what becomes of everything
//! else that is on it.

use super::client::{Client, field, status};
use super::{Server, call, get};

const PATH: &str = "/comet/events?channel=news/direct";

fn follow(accept: &str) -> String {
    get(PATH, accept)
}

/// A client that is followed by a proxy's habit: HTTP/1.0, which knows no chunks.
fn follow_as_of_old() -> String {
    follow("text/event-stream").replacen("HTTP/1.1", "HTTP/1.0", 1)
}

/// Publishes so many texts, each beginning with its offset.
fn pour(publisher: &mut Client, count: usize) {
    let path = format!("/pour/direct?count={count}&size=100");
    publisher.send(format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n"));
    assert_eq!(status(&publisher.answer().0), 200);
}

/// Reads chunks until `wanted` is among them.
fn chunks_until(client: &mut Client, wanted: &str) -> String {
    let mut read = String::new();
    while !read.contains(wanted) {
        read.push_str(&client.chunk());
    }
    read
}

/// The numbers that the texts in a stream begin with.
fn numbers(stream: &str) -> Vec<usize> {
    let texts = stream.split("\"data\":\"").chain(stream.split("data: \"")).skip(1);
    texts.filter_map(|text| text.split_once(' ')?.0.parse().ok()).collect()
}

#[test]
fn replies_that_are_due_go_before_and_the_head_is_whole() {
    let server = Server::start();
    let mut client = server.connect();
    let requests = [call("add", "*/*", "[1,2]"), call("add", "*/*", "[3,4]")];
    client.send(requests.concat() + &follow("text/event-stream"));
    assert_eq!((client.answer().1, client.answer().1), ("3".to_owned(), "7".to_owned()));
    let head = client.until("\r\n\r\n");
    assert_eq!(status(&head), 200);
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("transfer-encoding", "chunked"),
        ("connection", "close"),
        ("cache-control", "no-store, no-transform"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(field(&head, name), value, "{name}");
    }
    assert!(field(&head, "date").ends_with(" GMT"), "{head}");
    assert!(!field(&head, "x-request-id").is_empty(), "{head}");
    chunks_until(&mut client, "event: hello\n");
}

#[test]
fn each_reader_gets_all_of_it_in_its_own_framing() {
    let server = Server::start();
    let (mut sse, mut lines, mut old) = (server.connect(), server.connect(), server.connect());
    sse.send(follow("text/event-stream"));
    lines.send(follow("application/x-ndjson"));
    old.send(follow_as_of_old());
    for client in [&mut sse, &mut lines] {
        client.until("\r\n\r\n");
        chunks_until(client, "hello");
    }
    let head = old.until("\r\n\r\n");
    assert_eq!((field(&head, "transfer-encoding"), field(&head, "connection")), ("", "close"));
    old.until("event: hello\n");
    old.until("\n\n");
    let mut publisher = server.connect();
    (0..20).for_each(|_| pour(&mut publisher, 1));
    pour(&mut publisher, 80);
    let all: Vec<usize> = (1..=100).collect();
    assert_eq!(numbers(&chunks_until(&mut sse, "\"100 ")), all);
    assert_eq!(numbers(&chunks_until(&mut lines, "\"100 ")), all);
    assert_eq!(numbers(&old.until("\"100 ")), all);
}

#[test]
fn what_a_client_sends_behind_its_request_disturbs_nothing() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(follow("text/event-stream") + &call("add", "*/*", "[1,2]"));
    client.until("\r\n\r\n");
    chunks_until(&mut client, "event: hello\n");
    client.send(vec![b'x'; 256 * 1024]);
    pour(&mut server.connect(), 1);
    assert_eq!(numbers(&chunks_until(&mut client, "\"1 ")), [1]);
}

#[test]
fn a_client_that_says_it_has_finished_is_gone() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(follow("text/event-stream"));
    client.until("event: hello\n");
    client.finish_sending();
    let rest = client.rest();
    assert!(!rest.contains("0\r\n\r\n"), "the server had more to say: {rest}");
}

#[test]
fn a_head_of_a_stream_leaves_the_connection_as_it_is() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(follow("text/event-stream").replacen("GET", "HEAD", 1));
    let head = client.until("\r\n\r\n");
    assert_eq!((status(&head), field(&head, "content-type")), (200, "text/event-stream"));
    client.send(call("add", "*/*", "[1,2]"));
    assert_eq!(client.answer().1, "3");
}

#[test]
fn a_03_a_part_of_json_is_a_message_and_the_next_part_has_begun() {
    let server = Server::start();
    let mut client = server.connect();
    // Over HTTP/1.0 the bytes are not cut into chunks.
    let request = get("/comet/events?channel=news/parts&transport=multipart", "*/*");
    let head = client.ask(&request.replacen("HTTP/1.1", "HTTP/1.0", 1));
    let kind = field(&head, "content-type");
    let (kind, boundary) = kind.split_once("; boundary=").expect("a boundary");
    assert_eq!((kind, boundary.len()), ("multipart/x-mixed-replace", 32));

    let begun = format!("--{boundary}\r\nContent-Type: application/json\r\n\r\n");
    assert_eq!(client.until(&begun), begun);
    let mut part = || {
        let text = client.until(&begun);
        let json = text.strip_suffix(&format!("\n\r\n{begun}")).map(serde_json::from_str);
        json.and_then(Result::ok).unwrap_or_else(|| panic!("{text:?}"))
    };
    let hello: serde_json::Value = part();
    assert_eq!(hello["event"], "hello");
    let request =
        "POST /pour/parts?count=2&size=20 HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n";
    assert!(server.answer(request).starts_with("HTTP/1.1 200 "));
    for number in ["1 ", "2 "] {
        let message: serde_json::Value = part();
        assert!(message["data"].as_str().is_some_and(|text| text.starts_with(number)), "{message}");
    }
}
