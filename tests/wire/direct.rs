//! Streams that wait have their connection to themselves: how they are framed there, and what becomes of everything else
//! that is on it.

use super::client::{Client, epoch, field, status};
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
    pour_into(publisher, "direct", count, 100);
}

fn pour_into(publisher: &mut Client, room: &str, count: usize, size: usize) {
    let path = format!("/pour/{room}?count={count}&size={size}");
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
    for server in Server::both() {
        let mut client = server.connect();
        let requests = [call("add", "*/*", "[1,2]"), call("add", "*/*", "[3,4]")];
        client.send(requests.concat() + &follow("text/event-stream"));
        assert_eq!((client.answer().1, client.answer().1), ("3".to_owned(), "7".to_owned()));
        let head = client.until("\r\n\r\n");
        assert_eq!(status(&head), 200);
        for (name, value) in [
            ("content-type", "text/event-stream"),
            ("transfer-encoding", "chunked"),
            ("connection", ""),
            ("cache-control", "no-store, no-transform"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(field(&head, name), value, "{name}");
        }
        assert!(field(&head, "date").ends_with(" GMT"), "{head}");
        assert!(!field(&head, "x-request-id").is_empty(), "{head}");
        chunks_until(&mut client, "event: hello\n");
    }
}

#[test]
fn each_reader_gets_all_of_it_in_its_own_framing() {
    for server in Server::both() {
        let (mut sse, mut lines, mut old) = (server.connect(), server.connect(), server.connect());
        sse.send(follow("text/event-stream"));
        lines.send(follow("application/x-ndjson"));
        old.send(follow_as_of_old());
        for client in [&mut sse, &mut lines] {
            client.until("\r\n\r\n");
            chunks_until(client, "hello");
        }
        let head = old.until("\r\n\r\n");
        assert_eq!(field(&head, "transfer-encoding"), "");
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
}

#[test]
fn what_a_client_sends_behind_its_request_disturbs_nothing() {
    for server in Server::both() {
        let mut client = server.connect();
        client.send(follow("text/event-stream") + &call("add", "*/*", "[1,2]"));
        client.until("\r\n\r\n");
        chunks_until(&mut client, "event: hello\n");
        client.send(vec![b'x'; 256 * 1024]);
        pour(&mut server.connect(), 1);
        assert_eq!(numbers(&chunks_until(&mut client, "\"1 ")), [1]);
    }
}

/// A stream of a channel, which `close_first` ends.
const CLOSING: &str = "/comet/events?channel=callbacks/direct";

/// Ends it.
fn close_first(server: &Server) {
    let answer = server.answer(&get("/callbacks/direct/close", "*/*"));
    assert_eq!(status(&answer), 204, "{answer}");
}

/// A stream of a handler, which `open_gate` lets go on.
const GATED: &str = "/gated";

#[test]
fn the_next_request_is_answered_when_a_stream_is_over() {
    for server in Server::both() {
        let mut client = server.connect();
        for round in 0..3 {
            client.send(get(CLOSING, "text/event-stream"));
            client.until("event: hello\n");
            let behind = call("add", "*/*", &format!("[{round},1]"));
            if round == 1 {
                client.send(&behind);
            }
            close_first(&server);
            client.until("\r\n0\r\n\r\n");
            if round != 1 {
                client.send(&behind);
            }
            assert_eq!(client.answer().1, (round + 1).to_string());
        }
    }
}

#[test]
fn a_handler_that_has_waited_leaves_its_connection_open() {
    for server in Server::both() {
        let mut client = server.connect();
        let add = |a: u8| call("add", "*/*", &format!("[{a},1]"));
        // What is sent at once with the request, while it is answered, and after that.
        client.send(get(GATED, "application/x-ndjson") + &add(1));
        let head = client.until("\r\n\r\n");
        assert_eq!((status(&head), field(&head, "connection")), (200, ""));
        chunks_until(&mut client, "\"n\":2}");
        client.send(add(2));
        client.send(get("/nothing", "*/*") + &add(3)[..20]);
        server.answer(&call("open_gate", "*/*", "[]"));
        assert!(client.chunks().ends_with("\"event\":\"done\",\"data\":null}\n"));
        assert_eq!((client.answer().1, client.answer().1), ("2".to_owned(), "3".to_owned()));
        assert_eq!(status(&client.answer().0), 204);
        client.send(&add(3)[20..]);
        assert_eq!(client.answer().1, "4");
        client.send(get("/stream/3", "application/x-ndjson"));
        assert_eq!(client.answer().1.matches("\"n\":").count(), 3);
    }
}

#[test]
fn what_is_malformed_behind_a_stream_is_refused_in_its_turn() {
    for server in Server::both() {
        for at_once in [true, false] {
            let mut client = server.connect();
            let bad = "GET /users/7 HTTP/1.1\nhost: localhost\r\n\r\n";
            let request = get(CLOSING, "text/event-stream");
            client.send(request + if at_once { bad } else { "" });
            client.until("event: hello\n");
            if !at_once {
                client.send(bad);
            }
            close_first(&server);
            client.until("\r\n0\r\n\r\n");
            let rest = client.rest();
            assert_eq!(status(&rest), 400, "{rest}");
            assert_eq!(rest.matches("HTTP/1.1").count(), 1, "and nothing after it: {rest}");
        }
    }
}

#[test]
fn a_connection_ends_with_its_stream_where_the_client_says_so() {
    for server in Server::both() {
        let close = "\r\nconnection: keep-alive, Close\r\n";
        for path in [CLOSING, GATED] {
            let request = get(path, "application/x-ndjson");
            for request in
                [request.replacen("\r\n", close, 1), request.replacen("HTTP/1.1", "HTTP/1.0", 1)]
            {
                let mut client = server.connect();
                let head = client.ask(&request);
                // Who speaks HTTP/1.0 expects no other.
                let said = if request.contains("HTTP/1.1") { "close" } else { "" };
                assert_eq!(field(&head, "connection"), said, "{request}");
                client.until("hello");
                client.send(call("add", "*/*", "[1,2]"));
                match path {
                    GATED => drop(server.answer(&call("open_gate", "*/*", "[]"))),
                    _ => close_first(&server),
                }
                let rest = client.rest();
                let whole = !request.contains("HTTP/1.1") || rest.ends_with("\r\n0\r\n\r\n");
                assert!(whole && !rest.contains("HTTP/1.1"), "{request}: {rest}");
            }
        }
    }
}

#[test]
fn a_stream_that_begins_anew_does_so_on_its_connection() {
    for server in Server::both() {
        let (mut client, mut publisher) = (server.connect(), server.connect());
        let path = "/comet/events?channel=news/anew&recycle=16384&transport=ndjson";
        let (mut cursor, mut next) = (String::new(), 1);
        for _ in 0..3 {
            client.send(get(&format!("{path}{cursor}"), "*/*"));
            client.until("\r\n\r\n");
            let hello = chunks_until(&mut client, "hello");
            (0..20).for_each(|_| pour_into(&mut publisher, "anew", 1, 1024));
            let stream = client.chunks();
            assert!(stream.contains("{\"event\":\"bye\",\"data\":{\"after\":1}}"), "{stream}");
            let numbers = numbers(&(hello.clone() + &stream));
            assert_eq!(numbers, (next..next + numbers.len()).collect::<Vec<_>>());
            next += numbers.len();
            cursor = format!("&cursor={}.{}", epoch(&hello).unwrap(), next - 1);
        }
    }
}

#[test]
fn a_client_that_is_gone_takes_its_handler_along() {
    for server in Server::both() {
        for stays in [true, false] {
            for request in [
                get("/forever", "text/event-stream"),
                get("/forever", "application/x-ndjson").replacen("HTTP/1.1", "HTTP/1.0", 1),
                get("/forever", "*/*") + &call("add", "*/*", "[1,2]"),
                call("stay", "application/x-ndjson", "[]"),
                get(GATED, "application/x-ndjson"),
                get(GATED, "application/x-ndjson").replacen("HTTP/1.1", "HTTP/1.0", 1),
                get(GATED, "application/x-ndjson") + &call("add", "*/*", "[1,2]"),
            ] {
                let mut client = server.connect();
                client.send(&request);
                let (said, guard) = match &request {
                    post if post.starts_with("POST") => ("\"here\"", "dropped stay"),
                    gated if gated.contains(GATED) => ("\"n\":2}", "dropped gated"),
                    _ => ("\"n\":1}", "dropped forever"),
                };
                client.until(said);
                let held = stays.then(|| {
                    client.finish_sending();
                    client
                });
                server.prints(guard);
                drop(held);
            }
        }
        server.lives();
    }
}

#[test]
fn a_body_that_nobody_reads_is_no_request() {
    for server in Server::both() {
        let mut client = server.connect();
        let body = get("/users/7", "*/*");
        let length = format!("\r\ncontent-length: {}\r\n", body.len());
        client.send(get(GATED, "application/x-ndjson").replacen("\r\n", &length, 1));
        client.until("\"n\":2}");
        client.send(body);
        server.answer(&call("open_gate", "*/*", "[]"));
        client.until("\r\n0\r\n\r\n");
        client.finish_sending();
        assert_eq!(client.rest(), "");
    }
}

#[test]
fn a_client_that_says_it_has_finished_is_gone() {
    for server in Server::both() {
        let mut client = server.connect();
        client.send(follow("text/event-stream"));
        client.until("event: hello\n");
        client.finish_sending();
        let rest = client.rest();
        assert!(!rest.contains("0\r\n\r\n"), "the server had more to say: {rest}");
    }
}

#[test]
fn a_head_of_a_stream_leaves_the_connection_as_it_is() {
    for server in Server::both() {
        let mut client = server.connect();
        client.send(follow("text/event-stream").replacen("GET", "HEAD", 1));
        let head = client.until("\r\n\r\n");
        assert_eq!((status(&head), field(&head, "content-type")), (200, "text/event-stream"));
        client.send(call("add", "*/*", "[1,2]"));
        assert_eq!(client.answer().1, "3");
    }
}

#[test]
fn a_03_a_part_of_json_is_a_message_and_the_next_part_has_begun() {
    for server in Server::both() {
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
        let request = "POST /pour/parts?count=2&size=20 HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n";
        assert!(server.answer(request).starts_with("HTTP/1.1 200 "));
        for number in ["1 ", "2 "] {
            let message: serde_json::Value = part();
            assert!(
                message["data"].as_str().is_some_and(|text| text.starts_with(number)),
                "{message}"
            );
        }
    }
}
