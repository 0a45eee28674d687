//! Servers that are none, or not well.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use super::{Running, comet_at, says};

/// What listens, and its address as a URL.
fn stranger() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Takes a connection and reads a request's head: its first line.
fn take(listener: &TcpListener) -> (TcpStream, String) {
    let (stream, _) = listener.accept().unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
    let first = lines.next().unwrap();
    lines.find(String::is_empty).unwrap();
    (stream, first)
}

const STREAM: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n";

#[test]
fn no_server_of_comet() {
    for (answer, why) in [
        ("SSH-2.0-OpenSSH_9.2\r\n", "no Comet server at "),
        (
            "HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nnope",
            "the answer is 404 Not Found without a reason",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<p>!",
            "the answer is no stream",
        ),
        (&format!("{STREAM}<\u{1b}[2J>\n"), "`<\\u001b[2J>` is no message"),
        (&format!("{STREAM}{{\"event\":\"hello\",\"data\":7}}\n"), "is no message"),
    ] {
        let (listener, url) = stranger();
        let running = Running::start(comet_at(&url).args(["tail", "notes/a"]));
        let (mut stream, _) = take(&listener);
        stream.write_all(answer.as_bytes()).unwrap();
        drop(stream);
        let mut running = running;
        assert!(running.notes("comet: ").contains(why), "{answer}");
        assert_eq!(running.ends().code(), Some(3), "{answer}");
    }
}

#[test]
fn an_answer_that_is_none_of_ours() {
    let (listener, url) = stranger();
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = take(&listener);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").unwrap();
    });
    let said = says(comet_at(&url).args(["publish", "notes/a", "1", "--wait", "0"]));
    assert_eq!(
        (said.code, said.err.as_str()),
        (Some(3), "comet: no Comet server: the answer has no offsets\n")
    );
    answering.join().unwrap();
}

#[test]
fn a_stream_that_falls_silent_is_given_up_and_taken_up_again() {
    let (listener, url) = stranger();
    let running = Running::start(comet_at(&url).args(["tail", "notes/a", "-n", "2"]));
    let (mut first, request) = take(&listener);
    assert_eq!(request, "GET /comet/events?channel=notes%2Fa HTTP/1.1");
    let hello = r#"{"id":"e.4","event":"hello","data":{"cursor":"e.4","heartbeat":40,"channels":["notes/a"]}}"#;
    let event = |n| format!(r#"{{"id":"e.{n}","channel":"notes/a","event":"message","data":{n}}}"#);
    // The second event is cut off, so it has not been.
    first.write_all(format!("{STREAM}{hello}\n{}\n{}", event(5), event(6)).as_bytes()).unwrap();
    assert_eq!(running.line(), "notes/a message 5");
    running.notes("nothing was heard for 100ms; coming back");
    let (mut second, request) = take(&listener);
    assert_eq!(request, "GET /comet/events?channel=notes%2Fa&cursor=e.5 HTTP/1.1");
    second.write_all(format!("{STREAM}{hello}\n{}\n", event(6)).as_bytes()).unwrap();
    assert_eq!(running.line(), "notes/a message 6");
    running.notes("go on with --cursor e.6");
    let mut running = running;
    assert_eq!(running.ends().code(), Some(0));
}

#[test]
fn a_busy_server_is_asked_again() {
    let (listener, url) = stranger();
    let mut running =
        Running::start(comet_at(&url).args(["publish", "notes/a", "1", "--wait", "30"]));
    let (mut busy, _) = take(&listener);
    busy.write_all(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n").unwrap();
    let (mut well, _) = take(&listener);
    well.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"offsets\":[4]}").unwrap();
    assert_eq!(running.line(), "4");
    assert_eq!(running.ends().code(), Some(0));
}
