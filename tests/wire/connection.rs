use super::client::{field, status};
use super::{Server, call, get};

#[test]
fn one_connection_takes_one_request_after_the_other() {
    for server in Server::both() {
        let mut client = server.connect();
        for n in 0..20 {
            client.send(call("add", "*/*", &format!("[{n},1]")));
            let (head, body) = client.answer();
            assert_eq!((status(&head), body), (200, (n + 1).to_string()));
            client.send(call("count", "text/event-stream", "[2]"));
            let (head, body) = client.answer();
            assert_eq!(status(&head), 200);
            assert!(body.ends_with("id: done\nevent: done\ndata: null\n\n"), "{body}");
            client.send(call("ad", "*/*", "[]"));
            assert_eq!(status(&client.answer().0), 404);
        }
    }
}

#[test]
fn requests_sent_at_once_are_answered_in_order() {
    for server in Server::both() {
        let mut client = server.connect();
        let requests = [
            call("add", "*/*", "[1,2]"),
            get("/ticks/1", "application/x-ndjson"),
            get("/nothing", "*/*"),
            call("add", "*/*", "[3,4]"),
        ];
        client.send(requests.concat());
        assert_eq!(client.answer().1, "3");
        assert!(client.answer().1.ends_with("\"event\":\"done\",\"data\":null}\n"));
        assert_eq!(status(&client.answer().0), 204);
        assert_eq!(client.answer().1, "7");
    }
}

#[test]
fn a_head_has_no_body() {
    for server in Server::both() {
        let mut client = server.connect();
        let head = |path: &str, accept: &str| get(path, accept).replacen("GET", "HEAD", 1);
        for (path, accept, kind) in [
            ("/page", "*/*", "text/html; charset=utf-8"),
            ("/ticks/1", "text/event-stream", "text/event-stream"),
            ("/forever", "application/x-ndjson", "application/x-ndjson"),
        ] {
            client.send(head(path, accept));
            let answer = client.until("\r\n\r\n");
            assert_eq!((status(&answer), field(&answer, "content-type")), (200, kind));
        }
        server.prints("dropped forever");
        client.send(get("/users/7", "*/*"));
        assert_eq!(client.answer().1, "user 7", "nothing was left of the others");
    }
}

#[test]
fn a_request_byte_by_byte() {
    for server in Server::both() {
        let mut client = server.connect();
        for byte in call("add", "*/*", "[1,2]").bytes() {
            client.send([byte]);
        }
        assert_eq!(client.answer().1, "3");
    }
}

#[test]
fn a_static_segment_beats_a_placeholder() {
    for server in Server::both() {
        assert!(server.answer(&get("/users/7", "*/*")).ends_with("user 7"));
        let me = get("/users/me", "*/*").replacen("\r\n", "\r\nx-user: ann\r\n", 1);
        assert!(server.answer(&me).ends_with("me, ann"));
    }
}
