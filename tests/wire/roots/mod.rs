//! What Pomona and Cornelius send, and what they get: the bytes of Dobby where it is right.

use std::time::{Duration, Instant};

use super::client::{field, status};
use super::{Client, Server};

/// Requests, and below each its reply.
const PAIRS: &str = include_str!("pairs.txt");

/// A request as Pomona's page makes it, or as Cornelius does.
fn request(line: &str) -> String {
    let mut words = line.splitn(3, ' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let body = words.next().unwrap_or_default();
    let head = match path == "/dudley" {
        true => {
            "accept-encoding: identity\r\ncontent-type: application/x-www-form-urlencoded\r\n\
                 user-agent: Python-urllib/2.7\r\n"
        }
        false => {
            "content-type: application/json\r\nx-sproutcore-version: 1.0\r\n\
                  sec-fetch-site: same-origin\r\nsec-fetch-mode: cors\r\nsec-fetch-dest: empty\r\n"
        }
    };
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{head}content-length: {length}\r\n\r\n{body}"
    )
}

/// The session's id in a reply to a poll.
fn id(reply: &str) -> String {
    let (_, token) = reply.split_once(r#""reconnectWith": ""#).unwrap();
    token.split_once('/').unwrap().0.to_owned()
}

/// Sends each request of the pairs that follow a heading, and compares its reply.
fn tried(server: &Server, heading: &str) -> usize {
    let section = PAIRS.split("\n## ").find_map(|section| section.strip_prefix(heading)).unwrap();
    let mut lines = section.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut client, mut session, mut count) = (server.connect(), String::new(), 0);
    while let (Some(asked), Some(wanted)) = (lines.next(), lines.next()) {
        client.send(request(&asked.replace("ID", &session)));
        let (head, body) = client.answer();
        let (code, rest) = wanted.split_once(' ').unwrap_or((wanted, ""));
        assert_eq!(status(&head).to_string(), code, "{asked}: {body}");
        if body.contains("reconnectWith") {
            assert!(field(&head, "cache-control").starts_with("no-store"), "{head}");
        }
        count += 1;
        match rest.strip_prefix("NEW ") {
            Some(rest) => {
                session = id(&body);
                assert_eq!(session.len(), "COMET--".len() + 32 + 1, "{session}");
                assert_eq!(body.replace(&session, "ID"), format!("{rest}\r\n\r\n"), "{asked}");
            }
            None if rest.starts_with("{\"updates\"") => {
                assert_eq!(field(&head, "content-type"), "application/json");
                assert_eq!(body.replace(&session, "ID"), format!("{rest}\r\n\r\n"), "{asked}");
            }
            None if field(&head, "content-type") == "application/problem+json" => {
                assert!(body.contains(rest), "{asked}: {body}");
            }
            None => assert_eq!(body, rest, "{asked}"),
        }
    }
    count
}

#[test]
fn r_01_r_02_r_04_r_05_r_06_r_10_requests_of_pomona_and_their_replies() {
    assert_eq!(tried(&Server::start(), "Pomona\n"), 30);
}

#[test]
fn r_07_r_09_r_10_requests_of_cornelius_and_their_replies() {
    assert_eq!(tried(&Server::start(), "Cornelius\n"), 28);
}

#[test]
fn r_09_requests_of_cornelius_in_pieces() {
    let server = Server::with(|command| {
        command.env("WIRE_PIECEMEAL", "1");
    });
    assert_eq!(tried(&server, "Cornelius in pieces\n"), 13);
}

/// A session that follows `news/{room}`, with what it comes back with.
fn following(client: &mut Client, room: &str) -> String {
    client.send(request("GET /comet/"));
    let id = id(&client.answer().1);
    client.send(request(&format!("POST /roots/connect/{id} [\"news/{room}\"]")));
    assert_eq!(status(&client.answer().0), 204);
    client.send(request(&format!("GET /comet/{id}/0")));
    assert!(client.answer().1.ends_with("/1\"}\r\n\r\n"));
    format!("{id}/1")
}

#[test]
fn r_03_r_15_a_held_poll_is_answered_by_an_update_and_by_a_second_poll() {
    let server = Server::start();
    let (mut first, mut application) = (server.connect(), server.connect());
    let token = following(&mut first, "held");
    let (answers, answered) = std::sync::mpsc::channel();
    for mut client in [first, server.connect()] {
        client.send(request(&format!("GET /comet/{token}")));
        let answers = answers.clone();
        std::thread::spawn(move || answers.send(client.answer().1));
    }
    // Whichever came second has the other one's place.
    let nothing = format!("{{\"updates\": [], \"reconnectWith\": \"{token}\"}}\r\n\r\n");
    assert_eq!(answered.recv_timeout(super::PATIENCE).unwrap(), nothing);
    let begun = Instant::now();
    application.send(request(r#"POST /dudley [{"path":"news/held","message":"hi"}]"#));
    assert_eq!(application.answer().1, "{success:true}");
    let reply = answered.recv_timeout(super::PATIENCE).unwrap();
    assert!(
        reply.starts_with(r#"{"updates": [{"path": "news/held", "message": "hi"}], "#),
        "{reply}"
    );
    assert!((Duration::from_millis(250)..Duration::from_secs(10)).contains(&begun.elapsed()));
}

#[test]
fn r_14_a_client_that_leaves_is_noticed_and_one_that_comes_back_has_missed_nothing() {
    let server = Server::start();
    let (mut client, mut application) = (server.connect(), server.connect());
    let token = following(&mut client, "left");
    client.send(request(&format!("GET /comet/{token}")));
    drop(client);
    application.send(request(r#"POST /dudley [{"path":"news/left","message":"1"}]"#));
    application.answer();
    let mut client = server.connect();
    client.send(request(&format!("GET /comet/{token}")));
    let (_, reply) = client.answer();
    assert!(
        reply.starts_with(r#"{"updates": [{"path": "news/left", "message": "1"}], "#),
        "{reply}"
    );
}
