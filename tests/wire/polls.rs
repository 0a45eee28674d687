//! Long polls on one connection: each differs from the one before in its cursor alone, and is asked about anew.

use std::process::Command;
use std::time::Instant;

use super::client::{Client, settled, status};
use super::{PATIENCE, Server, call, get};

const ANN: &str = "x-user: ann\r\n";
const CLIENT: &str = "&client=aaaaaaaaaaaaaaaaaaaaaa";

/// A poll of `channel`, with a query and fields of its own.
fn poll(channel: &str, cursor: &str, query: &str, fields: &str) -> String {
    format!(
        "GET /comet/events?transport=longpoll&channel={channel}&cursor={cursor}{query} HTTP/1.1\r\n\
         host: localhost\r\n{fields}\r\n"
    )
}

/// The cursor in a reply.
fn cursor(body: &str) -> String {
    let (_, after) = body.rsplit_once("\"cursor\":\"").unwrap_or_else(|| panic!("{body}"));
    after.split('"').next().unwrap().to_owned()
}

/// Where a channel is now.
fn now(client: &mut Client, channel: &str, fields: &str) -> String {
    client.send(poll(channel, "", "", fields));
    cursor(&client.answer().1)
}

/// Publishes an event in a room.
fn pour(server: &Server, room: &str) {
    let request = call("pour", "*/*", "").replacen(
        "POST /comet/call/pour ",
        &format!("POST /pour/{room}?count=1&size=9 "),
        1,
    );
    assert_eq!(status(&server.answer(&request)), 200);
}

#[test]
fn every_event_comes_once_and_all_replies_have_one_head() {
    for server in Server::both() {
        let mut client = server.connect();
        let mut at = now(&mut client, "news/a", "");
        let mut heads = Vec::new();
        for number in 1..=12 {
            // What was published before a poll, and what is published while it waits, comes in the same way.
            let before = number % 3 == 0;
            if before {
                pour(&server, "a");
            }
            // The last one is not of those that follow each other.
            let fields = if number == 12 { "last-event-id: nonsense\r\n" } else { "" };
            client.send(poll("news/a", &at, "", fields));
            if !before {
                pour(&server, "a");
            }
            let (head, body) = client.answer();
            assert!(body.contains(&format!("\"data\":\"{number} ")), "{number}: {body}");
            assert_eq!(body.matches("\"id\":").count(), 1, "{body}");
            at = cursor(&body);
            let head = settled(&head);
            let mut lines: Vec<_> =
                head.lines().filter(|l| !l.starts_with("content-length")).collect();
            lines.sort_unstable();
            heads.push(lines.join("\n"));
        }
        heads.dedup();
        assert_eq!(heads.len(), 1, "{heads:#?}");
    }
}

#[test]
fn whoever_has_the_connection_next_is_asked_who_it_is() {
    for server in Server::both() {
        let mut client = server.connect();
        let at = now(&mut client, "letters/ann", ANN);
        for _ in 0..3 {
            client.send(poll("letters/ann", &at, "&timeout=1", ANN));
            assert_eq!(client.answer().1, format!("{{\"events\":[],\"cursor\":\"{at}\"}}"));
        }
        for (fields, wanted) in [("", 401), ("x-user: bob\r\n", 403), (ANN, 200)] {
            client.send(poll("letters/ann", &at, "&timeout=1", fields));
            assert_eq!(status(&client.answer().0), wanted, "{fields}");
        }
    }
}

#[test]
fn a_cursor_of_another_kind_is_answered_as_ever() {
    for server in Server::both() {
        let mut client = server.connect();
        let at = now(&mut client, "news/b", "");
        for _ in 0..3 {
            client.send(poll("news/b", &at, "&timeout=1", ""));
            client.answer();
            for (other, wanted) in [("", 200), ("nonsense", 200), ("done", 204)] {
                client.send(poll("news/b", other, "&timeout=1", ""));
                let (head, body) = client.answer();
                assert_eq!(status(&head), wanted, "{other}");
                assert!(wanted == 204 || cursor(&body) == at, "{other}: {body}");
            }
            client.send(poll("news/b", "4fzzzxjykrx1kjq7bnt0xq3m2c.7", "&timeout=1", ""));
            assert!(client.answer().1.contains("\"reason\":\"epoch\""));
        }
    }
}

#[test]
fn who_asks_again_on_another_connection_ends_the_poll_before() {
    let open = |command: &mut Command| {
        command.env("COMET_PUBLISH", "loopback");
    };
    for server in [Server::with(open), Server::secure_with(open)] {
        let (mut one, mut other) = (server.connect(), server.connect());
        let at = now(&mut one, "news/c", "");
        let nothing = format!("{{\"events\":[],\"cursor\":\"{at}\"}}");
        one.send(poll("news/c", &at, CLIENT, ""));
        // What is asked on two connections at once has no order.
        let since = Instant::now();
        while !server.answer(&get("/comet/channels/news/c", "*/*")).contains("\"readers\":1") {
            assert!(since.elapsed() < PATIENCE, "it does not wait");
        }
        for _ in 0..4 {
            other.send(poll("news/c", &at, CLIENT, ""));
            assert_eq!(one.answer().1, nothing);
            std::mem::swap(&mut one, &mut other);
        }
        pour(&server, "c");
        assert!(one.answer().1.contains("\"data\":\"1 "));
    }
}
