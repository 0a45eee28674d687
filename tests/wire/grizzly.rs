//! What hidden frames of pages that were written for Grizzly get, byte by byte, and what comes of requests that are wrong.

use super::client::{field, status};
use super::{Client, Server, call, get};

const DOCUMENT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// A frame that is open.
struct Frame {
    client: Client,
    /// What has come and was not yet looked at.
    seen: String,
}

/// Opens a frame, past its padding.
fn open(server: &Server, path: &str) -> Frame {
    let mut client = server.connect();
    client.send(get(path, DOCUMENT));
    let head = client.until("\r\n\r\n");
    assert_eq!(status(&head), 200, "{head}");
    let mut frame = Frame { client, seen: String::new() };
    frame.reads(&format!("<!-- {} -->\n", ".".repeat(138)).repeat(10));
    frame
}

impl Frame {
    fn reads(&mut self, wanted: &str) {
        while self.seen.len() < wanted.len() {
            let chunk = self.client.chunk();
            assert_ne!(chunk, "", "ended after {}", self.seen);
            self.seen += &chunk;
        }
        let rest = self.seen.split_off(wanted.len());
        assert_eq!(std::mem::replace(&mut self.seen, rest), wanted);
    }

    /// Reads to the end of the document.
    fn ends(&mut self, wanted: &str) {
        self.seen += &self.client.chunks();
        assert_eq!(self.seen, wanted);
    }
}

fn act(server: &Server, room: &str, form: &str) -> String {
    let length = form.len();
    server.answer(&format!(
        "POST /grizzly/{room}/frame HTTP/1.1\r\nhost: localhost\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
    ))
}

fn script(statement: &str) -> String {
    format!("<script type='text/javascript'>window.parent.{statement}</script>\n")
}

#[test]
fn g_02_g_20_a_frame_gets_a_script_for_each_event_in_the_bytes_of_grizzlys_chat() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(get("/grizzly/bytes/frame", DOCUMENT));
    let head = client.until("\r\n\r\n");
    for (name, wanted) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store, no-transform"),
        ("x-accel-buffering", "no"),
        (
            "content-security-policy",
            "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'self'",
        ),
    ] {
        assert_eq!(field(&head, name), wanted, "{head}");
    }
    let mut frame = Frame { client, seen: String::new() };
    frame.reads(&format!("<!-- {} -->\n", ".".repeat(138)).repeat(10));
    server.prints("bytes listens");
    for (form, statement) in [
        ("action=login&name=Ann", r#"app.update({ name: "Ann", message: "Ann has joined." });"#),
        ("action=post&name=Ann&message=Hi", r#"app.update({ name: "Ann", message: "Hi" });"#),
        (
            "action=post&name=%3C!--&message=%3C%2Fscript%3E%22%5C%0A%E2%80%A8'",
            r#"app.update({ name: "\u003c!--", message: "\u003c/script>\"\\\n\u2028'" });"#,
        ),
    ] {
        let answer = act(&server, "bytes", form);
        assert!(status(&answer) == 200 && answer.ends_with("\r\n\r\nsuccess"), "{answer}");
        frame.reads(&script(statement));
    }
}

#[test]
fn g_06_g_20_a_frame_whose_time_is_up_is_told_to_be_opened_again() {
    let server = Server::start();
    let mut frame = open(&server, "/grizzly/expires/frame?expires=50");
    frame.ends(&script("app.listen();"));
    frame.client.send(call("add", "*/*", "[1,2]"));
    assert_eq!(frame.client.answer().1, "3", "the connection goes on");
}

#[test]
fn g_07_a_frame_that_is_closed_interrupts_its_handler() {
    let server = Server::start();
    drop(open(&server, "/grizzly/left/frame"));
    server.prints("left Left");
}

#[test]
fn g_20_g_24_a_server_that_stops_has_its_frames_opened_again() {
    let mut server = Server::start();
    let mut frames = [1, 2].map(|n| open(&server, &format!("/grizzly/stops-{n}/frame")));
    server.signal("-TERM");
    for frame in &mut frames {
        frame.ends(&script("app.listen();"));
    }
    assert!(server.ends().success());
}

#[test]
fn g_20_calls_boxes_and_ways_to_go_are_said_and_the_rest_is_logged() {
    let server = Server::start();
    let mut frame = open(&server, "/grizzly/all?times=2");
    let wanted = [
        r#"app.many(2, "a'b", null, [1.5]);"#,
        r#"alert("Grüße \u003c/script>");"#,
        r#"location = "/next?a=\"b\"";"#,
        "app.listen();",
    ];
    frame.ends(&wanted.map(script).concat());
    let logged = server.logs("a forever frame of Grizzly's has nothing for this command");
    assert!(logged.contains("#lost"), "{logged}");
}

#[test]
fn g_17_an_error_before_the_first_byte_is_a_status_and_later_the_end() {
    let server = Server::start();
    let answer = server.answer(&get("/grizzly/fails?late=false", DOCUMENT));
    assert_eq!(status(&answer), 409);
    assert!(answer.contains("it is taken"), "{answer}");
    open(&server, "/grizzly/fails?late=true").ends(&script("app.begun();"));
}

/// Requests as they should not be, and what becomes of them.
const MALFORMED: [(&str, &str, u16, &str); 12] = [
    ("GET /grizzly/all", "", 400, "argument `times` is missing"),
    ("GET /grizzly/all?times=many", "", 400, "times"),
    ("GET /grizzly/all?times=300", "", 400, "times"),
    ("GET /grizzly/x/frame?expires=-1", "", 400, "expires"),
    ("GET /grizzly/%ff/frame", "", 405, "use POST"),
    ("GET /grizzly//frame", "", 404, ""),
    ("GET /grizzly/all/", "", 404, ""),
    ("DELETE /grizzly/x/frame", "", 405, ""),
    (
        "GET /grizzly/all?times=1",
        "sec-fetch-site: cross-site\r\nsec-fetch-dest: iframe\r\n",
        403,
        "another site",
    ),
    ("GET /grizzly/all?times=1", "origin: http://elsewhere\r\n", 403, ""),
    ("GET /grizzly/secret", "", 401, "signed-in"),
    ("GET /grizzly/secret", "x-user: ann\r\nsec-fetch-site: same-site\r\n", 403, ""),
];

#[test]
fn g_20_what_is_malformed_is_refused_as_what_it_is() {
    let server = Server::start();
    for (line, headers, wanted, text) in MALFORMED {
        let answer = server.answer(&format!("{line} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n"));
        assert_eq!(status(&answer), wanted, "{line}: {answer}");
        assert!(answer.contains(text), "{line}: {answer}");
    }
    let known =
        server.answer(&get("/grizzly/secret", DOCUMENT).replacen("\r\n", "\r\nx-user: ann\r\n", 1));
    assert!(known.contains(&script("app.greet(\"ann\");")), "{known}");
    for (form, wanted) in [
        ("action=shout&name=Ann", 422),
        ("action=&name=Ann", 422),
        ("name=Ann", 400),
        ("", 400),
        ("action=post&name=%ff&message=%00", 200),
    ] {
        let answer = act(&server, "nobody", form);
        assert_eq!(status(&answer), wanted, "{form}: {answer}");
    }
    server.lives();
}
