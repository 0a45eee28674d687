use std::time::{Duration, Instant};

use super::{PATIENCE, Server, call, get};

fn said_bye(rest: &str) -> bool {
    let Some((_, after)) = rest.split_once("{\"event\":\"bye\",\"data\":{\"after\":") else {
        return false;
    };
    let after: u64 = after.split_once('}').unwrap().0.parse().unwrap();
    assert!((500..3000).contains(&after), "{after}");
    true
}

#[test]
fn a_stream_of_events_says_bye_at_once() {
    let mut server = Server::with(|command| {
        command.env("COMET_DRAIN", "1h");
    });
    let mut client = server.connect();
    client.send(get("/forever", "application/x-ndjson"));
    client.until("\"n\":1}}");
    server.signal("-TERM");
    let rest = client.rest();
    assert!(said_bye(&rest) && rest.ends_with("0\r\n\r\n"), "{rest}");
    server.prints("dropped forever");
    assert!(server.ends().success());
}

#[test]
fn a_stream_that_never_pauses_says_bye_as_well() {
    let mut server = Server::with(|command| {
        command.env("COMET_DRAIN", "1h");
    });
    let mut clients = ["/flood", "/flood?waits=true"].map(|path| {
        let mut client = server.connect();
        client.send(get(path, "application/x-ndjson"));
        client.until("\"event\":\"message\"");
        client
    });
    server.signal("-TERM");
    for client in &mut clients {
        let rest = client.rest();
        assert!(said_bye(&rest[rest.len().saturating_sub(200)..]), "it ends otherwise");
    }
    assert!(server.ends().success());
}

#[test]
fn a_page_is_let_work_until_the_time_is_up_and_then_told() {
    let mut server = Server::with(|command| {
        command.env("COMET_DRAIN", "300ms");
    });
    let mut client = server.connect();
    client.send(call("stay", "application/x-ndjson", "[]"));
    client.until("\"here\"");
    let since = Instant::now();
    server.signal("-TERM");
    let rest = client.rest();
    assert!(since.elapsed() >= Duration::from_millis(300), "took {:?}", since.elapsed());
    assert!(said_bye(&rest), "{rest}");
    server.prints("dropped stay");
    assert!(server.ends().success());
    assert!(since.elapsed() < PATIENCE / 2, "took {:?}", since.elapsed());
}

#[test]
fn a_parked_request_is_answered() {
    let mut server = Server::with(|command| {
        command.env("COMET_DRAIN", "1h");
    });
    let mut client = server.connect();
    client.send(get("/poll/long", "application/json"));
    server.prints("polling");
    server.signal("-INT");
    assert_eq!(super::client::status(&client.rest()), 204);
    assert!(server.ends().success());
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut server = Server::with(|command| {
        command.env("COMET_DRAIN", "1h");
    });
    let mut client = server.connect();
    client.send(call("stay", "application/x-ndjson", "[]"));
    client.until("\"here\"");
    server.signal("-TERM");
    // A stream of events hears of the first signal; the page does not.
    let mut refused = std::net::TcpStream::connect(server.address).is_err();
    while !refused {
        refused = std::net::TcpStream::connect(server.address).is_err();
    }
    server.signal("-TERM");
    assert!(said_bye(&client.rest()));
    assert!(server.ends().success());
}

#[test]
fn an_idle_server_ends_at_once() {
    let mut server = Server::start();
    let mut idle = server.connect();
    idle.send(get("/users/7", "*/*"));
    idle.answer();
    server.signal("-TERM");
    assert_eq!(idle.rest(), "");
    assert!(server.ends().success());
}
