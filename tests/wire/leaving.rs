use std::time::{Duration, Instant};

use super::{Client, Server, call, get};

/// From the moment a client leaves to the destructor's line.
const SOON: Duration = Duration::from_millis(100);

/// How often a handler is left: on a busy machine a single time says little, so the fastest counts.
const TIMES: u32 = 5;

/// Sends a request, leaves when `until` says that the handler runs, and waits for the handler to be dropped.
fn leave(server: &Server, request: &str, guard: &str, until: impl Fn(&mut Client)) {
    let took = (0..TIMES).map(|_| {
        let mut client = server.connect();
        client.send(request);
        until(&mut client);
        let since = Instant::now();
        drop(client);
        server.prints(&format!("dropped {guard}"));
        since.elapsed()
    });
    let fastest = took.min().unwrap();
    assert!(fastest < SOON, "{guard} took {fastest:?}");
}

#[test]
fn a_client_that_leaves_drops_the_handler_at_once() {
    for server in Server::both() {
        for (request, first, guard) in [
            (get("/forever", "text/event-stream"), "data: {\"n\":1}\n\n", "forever"),
            (call("stay", "application/x-ndjson", "[]"), "\"here\"", "stay"),
            (get("/forever?transport=frame", "*/*"), "\"n\":1}}</c-f>", "forever"),
        ] {
            leave(&server, &request, guard, |client| drop(client.until(first)));
        }
        server.lives();
    }
}

#[test]
fn a_parked_request_is_dropped_with_its_client() {
    for server in Server::both() {
        let request = get("/poll/long", "application/json");
        leave(&server, &request, "poll", |_| server.prints("polling"));
    }
}

fn flooded(server: &Server) -> u64 {
    let answer = server.answer(&get("/flooded", "*/*"));
    answer.rsplit("\r\n").next().unwrap().parse().unwrap()
}

/// The number of events the handler has come through once it has come to a halt.
fn halted(server: &Server) -> u64 {
    let mut last = 0;
    let mut same = 0;
    while same < 20 {
        let now = flooded(server);
        same = if now == last { same + 1 } else { 0 };
        last = now;
    }
    last
}

#[test]
fn a_client_that_does_not_read_suspends_the_handler() {
    for path in FLOODS {
        suspends(path);
    }
}

/// A handler as the body of a reply, and one that has its connection to itself.
const FLOODS: [&str; 2] = ["/flood", "/flood?waits=true"];

fn suspends(path: &str) {
    let server = Server::start();
    let mut client = server.connect();
    client.send(get(path, "application/x-ndjson"));
    client.until("\"event\":\"message\"");
    let first = halted(&server);
    assert!(first * 16 * 1024 < 64 << 20, "{first} events are more than the network holds");
    server.lives();
    for _ in 0..2 * first + 10 {
        client.until("\"event\":\"message\"");
    }
    assert!(halted(&server) > first, "and lets it go on when it reads");
    drop(client);
    server.prints("dropped flood");
}

#[test]
fn a_client_that_never_reads_is_cut_off() {
    let server = Server::with(|command| {
        command.env("COMET_WRITE_TIMEOUT", "300ms");
    });
    for path in FLOODS {
        let mut client = server.connect();
        client.send(get(path, "application/x-ndjson"));
        server.prints("dropped flood");
    }
    server.lives();
}
