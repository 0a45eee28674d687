//! What Grizzly's own tests of its comet handlers check, on real connections.

use std::time::{Duration, Instant};

use super::client::status;
use super::{Client, Server, get};

fn wait(room: &str, query: &str) -> String {
    get(&format!("/callbacks/{room}{query}"), "*/*")
}

/// Waits until the handler of a room is suspended.
fn suspended(server: &Server, room: &str) {
    server.prints(&format!("{room} initialize"));
}

/// Tells the one handler of a room.
fn notify(server: &Server, room: &str, text: &str) {
    let reached = server.answer(&get(&format!("/callbacks/{room}/notify/{text}"), "*/*"));
    assert!(reached.ends_with("\r\n\r\n1"), "{reached}");
}

#[test]
fn g_06_g_21_a_handler_expires_and_not_before_its_time() {
    let server = Server::start();
    let since = Instant::now();
    let answer = server.answer(&wait("expires", "?expires=1000"));
    assert!(answer.ends_with(r#"["initialize","interrupt Expired"]"#), "{answer}");
    // The time counts from the server's clock tick, not from ours. Both tolerances are those of Grizzly's own test.
    let took = since.elapsed();
    assert!((Duration::from_millis(750)..Duration::from_secs(4)).contains(&took), "{took:?}");
}

#[test]
fn g_07_g_21_a_client_that_closes_its_connection_interrupts_its_handler() {
    let server = Server::start();
    for request in [wait("leaves", ""), get("/callbacks/leaves/stream", "text/event-stream")] {
        let mut client = server.connect();
        client.send(request);
        suspended(&server, "leaves");
        drop(client);
        server.prints("leaves interrupt Left");
    }
    server.lives();
}

#[test]
fn g_21_a_closed_channel_terminates_its_handlers() {
    let server = Server::start();
    let mut clients = [server.connect(), server.connect(), server.connect()];
    for client in &mut clients {
        client.send(wait("closed", ""));
        suspended(&server, "closed");
    }
    server.answer(&get("/callbacks/closed/close", "*/*"));
    for client in &mut clients {
        assert_eq!(client.answer().1, r#"["initialize","terminate Closed"]"#);
    }
}

#[test]
fn g_21_ten_events_arrive_in_order() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(get("/callbacks/ten/stream", "application/x-ndjson"));
    suspended(&server, "ten");
    for n in 0..=9 {
        notify(&server, "ten", &n.to_string());
    }
    for n in 0..=9 {
        client.until(&format!("\"data\":\"{n}\""));
    }
    notify(&server, "ten", "resume");
    client.until("\"event\":\"done\"");
}

#[test]
fn g_16_g_21_requests_behind_a_suspended_one_are_answered_after_it() {
    let server = Server::start();
    let mut client = server.connect();
    client.send([wait("pipe", ""), get("/hello/Ann", "*/*"), wait("pipe2", "")].concat());
    suspended(&server, "pipe");
    notify(&server, "pipe", "resume");
    assert_eq!(client.answer().1, r#"["initialize","resume","terminate Resumed"]"#);
    assert_eq!(client.answer().1, "Hello, Ann!");
    suspended(&server, "pipe2");
    notify(&server, "pipe2", "resume");
    assert_eq!(client.answer().1, r#"["initialize","resume","terminate Resumed"]"#);
}

#[test]
fn g_16_g_21_three_times_three_requests_sent_at_once_expire_one_after_the_other() {
    let server = Server::start();
    let mut clients = [server.connect(), server.connect(), server.connect()];
    for client in &mut clients {
        client.send(wait("thrice", "?expires=100").repeat(3));
    }
    for client in &mut clients {
        for _ in 0..3 {
            let (head, body) = client.answer();
            assert_eq!(status(&head), 200);
            assert_eq!(body, r#"["initialize","interrupt Expired"]"#);
        }
    }
}

#[test]
fn g_17_a_panic_interrupts_that_handler_alone() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(wait("panics", ""));
    suspended(&server, "panics");
    notify(&server, "panics", "panic");
    server.prints("panics interrupt Panicked");
    assert_eq!(status(&client.answer().0), 500);
    server.lives();
}

#[test]
fn g_15_events_are_reflected_until_the_channel_is_closed() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(get("/callbacks/mirror/reflect", "application/x-ndjson"));
    client.until("\"event\":\"hello\"");
    for text in ["a", "b"] {
        notify(&server, "mirror", text);
        client.until(&format!("\"data\":\"{text}\""));
    }
    server.answer(&get("/callbacks/mirror/close", "*/*"));
    client.until("\"event\":\"done\"");
}

#[test]
fn g_24_a_server_that_stops_ends_every_suspended_handler_and_still_answers() {
    let mut server = Server::start();
    let mut clients = ["stops-1", "stops-2", "stops-3"].map(|room| {
        let mut client = server.connect();
        client.send(wait(room, ""));
        suspended(&server, room);
        client
    });
    server.signal("-TERM");
    for client in &mut clients {
        assert_eq!(client.answer().1, r#"["initialize","interrupt Draining"]"#);
    }
    assert!(server.ends().success());
}

#[test]
fn g_21_twenty_counts_reach_every_client_one_by_one() {
    let server = Server::start();
    let mut clients: [Client; 3] = std::array::from_fn(|_| server.connect());
    for n in 1..=20 {
        for client in &mut clients {
            client.send(wait("counts", ""));
            suspended(&server, "counts");
        }
        let reached = server.answer(&get("/callbacks/counts/notify/resume", "*/*"));
        assert!(reached.ends_with("\r\n\r\n3"), "{n}: {reached}");
        for client in &mut clients {
            assert_eq!(client.answer().1, r#"["initialize","resume","terminate Resumed"]"#);
        }
    }
}
