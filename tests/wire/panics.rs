use super::client::status;
use super::{Server, call};

const HIDDEN: &str = "the handler failed; the log has the cause";

#[test]
fn before_anything_was_said() {
    let server = Server::start();
    for (name, accept) in [
        ("panic_before", "text/event-stream"),
        ("panic_before", "application/json"),
        ("panics", "application/json"),
        ("panics", "application/x-ndjson"),
    ] {
        let answer = server.answer(&call(name, accept, "[]"));
        assert_eq!(status(&answer), 500, "{answer}");
        assert!(answer.contains(HIDDEN) && !answer.contains("anything was said"), "{answer}");
        server.logs("panicked");
        server.lives();
    }
}

#[test]
fn after_something_was_said() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(call("panic_after", "application/x-ndjson", "[]"));
    let (_, body) = client.answer();
    let last = body.lines().last().unwrap();
    assert!(last.starts_with("{\"id\":\"done\",\"event\":\"error\",\"data\":{"), "{last}");
    assert!(last.contains("\"status\":500") && last.contains(HIDDEN), "{last}");
    server.prints("dropped panic_after");
    server.logs("the handler panicked: after something was said");
    client.send(call("add", "*/*", "[1,2]"));
    assert_eq!(client.answer().1, "3", "the same connection goes on");
    let collected = server.answer(&call("panic_after", "application/json", "[]"));
    assert_eq!(status(&collected), 500);
    server.lives();
}
