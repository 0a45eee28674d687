//! What the script of OpenERP's web_longpolling sends, byte for byte as jQuery puts it, and what it gets.

use std::time::{Duration, Instant};

use super::client::{field, status};
use super::{Client, Server};

/// Requests, and below each its reply.
const PAIRS: &str = include_str!("pairs.txt");

/// A request of the script's, as Chromium sends it.
fn request(line: &str, cookie: &str) -> String {
    format!(
        "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: keep-alive\r\n\
         accept: application/json, text/javascript, */*; q=0.01\r\n\
         x-requested-with: XMLHttpRequest\r\nsec-fetch-site: same-origin\r\n\
         sec-fetch-mode: cors\r\nsec-fetch-dest: empty\r\n{cookie}\r\n"
    )
}

const SESSION: &str = "cookie: other=1; sid=9f31\r\n";

fn poll(client: &mut Client, path: &str) -> (String, String) {
    let path = path.replace("S&", "session_id=4b1c&").replace("D&", "data=%7B%7D&");
    client.send(request(&format!("GET {path}"), SESSION));
    client.answer()
}

#[test]
fn o_01_o_03_o_04_o_05_o_06_o_08_o_18_requests_of_the_script_and_their_replies() {
    let server = Server::start();
    let mut client = server.connect();
    let mut lines = PAIRS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut count = 0;
    while let (Some(asked), Some(wanted)) = (lines.next(), lines.next()) {
        let (line, cookie) = match asked.strip_suffix(" -") {
            Some(line) => (line, ""),
            None => (asked, SESSION),
        };
        let session = line.replace("?S", "?session_id=4b1c");
        let line = session.replace("&D", "&data=%7B%7D").replace("?D", "?data=%7B%7D");
        client.send(request(&line, cookie));
        let (head, body) = client.answer();
        let (code, rest) = wanted.split_once(' ').unwrap();
        assert_eq!(status(&head).to_string(), code, "{asked}: {body}");
        let kind = field(&head, "content-type");
        let rest = rest.strip_prefix(kind).unwrap_or_else(|| panic!("{asked}: {kind}"));
        match kind {
            "application/problem+json" => assert!(body.contains(rest.trim()), "{asked}: {body}"),
            _ => assert_eq!(body, rest.trim_start(), "{asked}"),
        }
        assert!(field(&head, "cache-control").starts_with("no-store"), "{asked}");
        assert!(!body.contains("secret"), "{asked}: {body}");
        count += 1;
    }
    assert_eq!(count, 37);
}

#[test]
fn o_07_what_a_poll_gets_that_was_held_in_vain_is_chosen() {
    let server = Server::start();
    let mut client = server.connect();
    for (prefix, code, kind) in [
        ("/openerplongpolling", 204, ""),
        ("/op200", 200, ""),
        ("/op408", 408, "application/problem+json"),
    ] {
        let (head, body) = poll(&mut client, &format!("{prefix}/op/idle?S&D&_=1"));
        assert_eq!((status(&head), field(&head, "content-type")), (code, kind), "{head}{body}");
        assert_eq!(body.is_empty(), code != 408, "{body}");
        // A 408 on a connection that lives is repeated by browsers, and the page hears nothing.
        assert_eq!(field(&head, "connection"), if code == 408 { "close" } else { "" });
    }
    assert_eq!(client.rest(), "", "closed after the 408");
    let (_, body) = poll(&mut server.connect(), "/op408/op/beat?S&D&_=1");
    assert_eq!(body, r#""beat""#, "the handler's own answer goes before");
}

#[test]
fn o_12_a_client_without_a_delay_of_its_own_waits_for_its_errors() {
    let server = Server::start();
    let mut client = server.connect();
    let since = Instant::now();
    let (head, _) = poll(&mut client, "/op408/op/taken?D&_=1");
    assert_eq!(status(&head), 409);
    assert!(since.elapsed() >= Duration::from_secs(1), "{:?}", since.elapsed());
}

#[test]
fn o_11_a_client_that_leaves_ends_the_handler_at_once() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(request("GET /openerplongpolling/op/stay?data=%7B%7D&_=1", SESSION));
    server.prints("op_stay is held");
    drop(client);
    server.prints("dropped op_stay");
}

#[test]
fn o_16_a_handler_that_blocks_holds_up_nobody_else_and_is_named_in_the_log() {
    let server = Server::with(|command| {
        // As many as on a machine of some size, whatever this one is.
        command.env("TOKIO_WORKER_THREADS", "4");
    });
    let mut blocking = server.connect();
    // With its connection there already, the thread that blocks is the one that waited for sockets.
    poll(&mut blocking, "/openerplongpolling/op/string?D&_=1");
    blocking.send(request("GET /openerplongpolling/op/block?data=%7B%7D&_=1", SESSION));
    server.prints("op_block blocks");
    for _ in 0..20 {
        let (_, body) = poll(&mut server.connect(), "/openerplongpolling/op/string?D&_=1");
        assert_eq!(body, r#""yeah""#);
    }
    poll(&mut server.connect(), "/openerplongpolling/op/free?D&_=1");
    assert_eq!(blocking.answer().1, r#""blocked""#);
    let warning = server.logs("blocked its thread");
    assert!(warning.contains("path=\"/openerplongpolling/op/block\""), "{warning}");
}

/// What `instance.web.Controller.rpc` posts.
fn get_path(server: &Server, path: &str, body: &str) -> String {
    let length = body.len();
    server.answer(&format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json, text/javascript\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

#[test]
fn o_03_the_client_is_told_the_prefix_mount_included() {
    let server = Server::with(|command| {
        command.env("COMET_MOUNT", "/erp");
    });
    let path = "/erp/web/longpolling/get_path";
    let asked = r#"{"jsonrpc":"2.0","method":"call","params":{"session_id":"4b1c","context":{}},"id":"r7"}"#;
    let answer = get_path(&server, path, asked);
    let told = r#"{"id":"r7","jsonrpc":"2.0","result":"/erp/openerplongpolling"}"#;
    assert!(status(&answer) == 200 && answer.ends_with(told), "{answer}");
    for malformed in ["", "nonsense", "[]", "{\"id\":"] {
        let answer = get_path(&server, path, malformed);
        assert!(status(&answer) == 400 && answer.contains("-32700"), "{malformed}: {answer}");
    }
    assert_eq!(status(&get_path(&server, path, &"x".repeat(70_000))), 413);
    let (head, body) = poll(&mut server.connect(), "/erp/openerplongpolling/op/string?D&_=1");
    assert_eq!((status(&head), body.as_str()), (200, r#""yeah""#));
}

#[test]
fn o_09_every_rule_is_logged_at_the_start() {
    let server = Server::start();
    for rule in
        ["`op_main` at /openerplongpolling/op/main", "`op_whole` at /openerplongpolling/op/whole"]
    {
        server.logs(&format!("long polling: {rule}"));
    }
}
