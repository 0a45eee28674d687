use super::client::{Client, epoch, status};
use super::{Server, call, get};

/// Asks for the run after a cursor.
fn kept(server: &Server, cursor: Option<&str>) -> Client {
    let mut client = server.connect();
    let mut request = get("/kept", "application/x-ndjson");
    if let Some(cursor) = cursor {
        request = request.replacen("\r\n", &format!("\r\nlast-event-id: {cursor}\r\n"), 1);
    }
    client.send(request);
    client
}

/// The ticks of a stream up to its end.
fn ticks(stream: &str) -> Vec<&str> {
    let ticks = stream.lines().filter_map(|line| line.split_once("\"data\":{\"n\":"));
    ticks.map(|(_, n)| n.trim_end_matches('}')).collect()
}

#[test]
fn a_client_that_was_cut_off_goes_on_where_it_was() {
    for server in Server::both() {
        let mut first = kept(&server, None);
        let stream = first.until("\"data\":{\"n\":1}}");
        assert!(stream.contains("\"heartbeat\":15000,\"resume\":30000}"), "{stream}");
        let cursor = format!("{}.1", epoch(&stream).unwrap());
        drop(first);
        server.answer(&call("open_gate", "*/*", "[]"));
        for _ in 0..2 {
            let (head, body) = kept(&server, Some(&cursor)).answer();
            assert_eq!(status(&head), 200);
            assert_eq!(ticks(&body), ["2", "3", "4"]);
            assert!(
                body.ends_with("{\"id\":\"done\",\"event\":\"done\",\"data\":null}\n"),
                "{body}"
            );
        }
    }
}

#[test]
fn who_comes_second_takes_the_run_from_the_first() {
    for server in Server::both() {
        let mut first = kept(&server, None);
        let stream = first.until("\"data\":{\"n\":2}}");
        let cursor = format!("{}.2", epoch(&stream).unwrap());
        let mut second = kept(&server, Some(&cursor));
        second.until("hello");
        let left = first.until("0\r\n\r\n");
        assert!(!left.contains("done") && !left.contains("bye"), "it was cut: {left}");
        server.answer(&call("open_gate", "*/*", "[]"));
        let rest = second.until("0\r\n\r\n");
        assert_eq!(ticks(&rest), ["3", "4"]);
    }
}

#[test]
fn somebody_elses_run_is_not_found() {
    for server in Server::both() {
        let mut first = kept(&server, None);
        let stream = first.until("\"data\":{\"n\":1}}");
        let cursor = format!("{}.1", epoch(&stream).unwrap());
        let mut eve = server.connect();
        let request = get("/kept", "application/x-ndjson");
        eve.send(request.replacen(
            "\r\n",
            &format!("\r\nx-user: eve\r\nlast-event-id: {cursor}\r\n"),
            1,
        ));
        let (head, body) = eve.answer();
        assert_eq!(status(&head), 410);
        assert!(
            body.ends_with("\"detail\":\"the run of this cursor is over; call the handler anew\"}"),
            "{body}"
        );
        assert_eq!(status(&kept(&server, Some(&cursor)).until("\r\n\r\n")), 200);
    }
}

#[test]
fn after_the_end_there_is_nothing_more() {
    for server in Server::both() {
        for path in ["/kept", "/ticks/1", "/ticks/1?cursor=0123"] {
            let request =
                get(path, "text/event-stream").replacen("\r\n", "\r\nlast-event-id: done\r\n", 1);
            assert_eq!(status(&server.answer(&request)), 204, "{path}");
        }
        assert_eq!(status(&server.answer(&get("/ticks/1?cursor=done", "text/event-stream"))), 204);
    }
}

#[test]
fn whatever_else_comes_as_a_cursor_is_none() {
    for server in Server::both() {
        for cursor in ["", "0", "x.y", "<script>", &"9".repeat(8000)] {
            let request = get("/ticks/1", "*/*").replacen(
                "\r\n",
                &format!("\r\nlast-event-id: {cursor}\r\n"),
                1,
            );
            assert_eq!(status(&server.answer(&request)), 200, "{cursor}");
        }
        server.lives();
    }
}
