//! Publishers that keep their connection: each request has the head of the one before, and is checked as if it were alone.

use std::process::Command;

use super::channels::{SECRET, publish};
use super::client::{Client, settled, status};
use super::{PATIENCE, Server, get};

/// A server of each kind, to which its secret lets publish so many bytes.
fn servers(limit: &'static str) -> [Server; 2] {
    let set = move |command: &mut Command| {
        command.env("COMET_PUBLISH_SECRET", SECRET).env("COMET_PUBLISH_LIMIT", limit);
    };
    [Server::with(set), Server::secure_with(set)]
}

fn event(data: &str) -> String {
    format!(r#"{{"channel":"news/p","data":{data}}}"#)
}

fn asked(body: &str) -> String {
    publish(SECRET, "", body)
}

impl Client {
    /// The status and the body of the answer to a request.
    fn told(&mut self, request: &str) -> (u16, String) {
        self.send(request);
        let (head, body) = self.answer();
        (status(&head), body)
    }

    /// Publishes an event, whose offset is this.
    fn lands(&mut self, data: &str, offset: u64) {
        assert_eq!(self.told(&asked(&event(data))), (200, format!("{{\"offsets\":[{offset}]}}")));
    }
}

#[test]
fn every_event_lands_and_all_replies_have_one_head() {
    for server in servers("1MiB") {
        let (mut publisher, mut reader) = (server.connect(), server.connect());
        reader.ask(&get("/comet/events?channel=news/p", "text/event-stream"));
        let mut heads = Vec::new();
        for number in 1..=20 {
            // The last one is not of those that follow each other.
            let more = if number == 20 { "x-other: 1\r\n" } else { "" };
            let data = format!("\"{}\"", "x".repeat(number * 7));
            publisher.send(publish(SECRET, more, &event(&data)));
            let (head, body) = publisher.answer();
            assert_eq!(body, format!("{{\"offsets\":[{number}]}}"));
            reader.until(&format!("data: {data}\n"));
            let head = settled(&head);
            let mut lines: Vec<_> =
                head.lines().filter(|line| !line.starts_with("content-length")).collect();
            lines.sort_unstable();
            heads.push(lines.join("\n"));
        }
        heads.dedup();
        assert_eq!(heads.len(), 1, "{heads:#?}");
    }
}

#[test]
fn what_is_wrong_is_refused_as_ever_and_publishing_goes_on() {
    for server in servers("1KiB") {
        let mut client = server.connect();
        client.lands("1", 1);
        client.lands("2", 2);
        let event = event("3");
        let long = format!("{event}{}", " ".repeat(1024));
        let wrong: [(String, u16); 7] = [
            (asked("{"), 400),
            (asked(""), 400),
            (asked(&event.replace("news", "nowhere")), 404),
            (asked(&format!("[{event},{{}}]")), 400),
            (asked(&long[..1024]).replacen("sesame", "simsim", 1), 401),
            (asked(&event).replacen("POST", "PUT", 1), 405),
            (asked(&event).replacen("/json", "/xml", 1), 415),
        ];
        for (nth, (request, wanted)) in (0..).zip(wrong) {
            let (status, body) = client.told(&request);
            assert_eq!(status, wanted, "{request}: {body}");
            client.lands("3", 3 + 2 * nth);
            client.lands("4", 4 + 2 * nth);
        }
        // As long as the limit allows, and longer.
        assert_eq!(client.told(&asked(&long[..1024])).0, 200);
        client.send(asked(&long[..1025]));
        assert_eq!(status(&client.answer().0), 413);
    }
}

#[test]
fn requests_come_in_whatever_pieces() {
    for server in servers("1MiB") {
        let mut client = server.connect();
        client.lands("1", 1);
        let all: String =
            (2..=40).map(|n| asked(&event(&format!("\"{}\"", "y".repeat(n * n))))).collect();
        for piece in all.as_bytes().chunks(997) {
            client.send(piece);
        }
        for offset in 2..=40 {
            assert_eq!(client.answer().1, format!("{{\"offsets\":[{offset}]}}"));
        }
        let request = asked(&event("41"));
        let (head, body) = request.split_at(request.len() - 5);
        for offset in 41..=44 {
            client.send(head);
            // What has been read of it is let go for another request of the server's.
            server.lives();
            client.send(body);
            assert_eq!(client.answer().1, format!("{{\"offsets\":[{offset}]}}"));
        }
        let last = asked(&event("45")).replacen("\r\n", "\r\nconnection: close\r\n", 1);
        client.send(last);
        assert!(client.rest().ends_with("{\"offsets\":[45]}"));
    }
}

#[test]
fn a_key_lands_once() {
    for server in servers("1MiB") {
        let mut client = server.connect();
        let once = publish(SECRET, "idempotency-key: k\r\n", &event("1"));
        for _ in 0..3 {
            assert_eq!(client.told(&once), (200, "{\"offsets\":[1]}".to_owned()));
        }
        let other = publish(SECRET, "idempotency-key: k\r\n", &event("2"));
        assert_eq!(client.told(&other).0, 422);
        client.lands("2", 2);
    }
}

#[test]
fn a_publisher_is_told_that_the_server_goes_and_does_not_hold_it_up() {
    for mut server in servers("1MiB") {
        let mut client = server.connect();
        client.lands("1", 1);
        client.lands("2", 2);
        let asked = std::time::Instant::now();
        server.signal("-TERM");
        assert!(server.ends().success());
        assert!(asked.elapsed() < PATIENCE / 2, "an idle publisher was waited for");
        assert_eq!(client.rest(), "");
    }
}
