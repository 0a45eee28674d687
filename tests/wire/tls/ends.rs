//! How encrypted streams end.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Instant;

use rustls::{ClientConnection, StreamOwned};

use super::super::client::Client;
use super::super::stream::Stream;
use super::super::{PATIENCE, Server, get};

type Encrypted = StreamOwned<ClientConnection, TcpStream>;

fn follow() -> String {
    get("/comet/events?channel=news/ends", "text/event-stream")
}

fn begin(server: &Server) -> Client {
    let mut client = server.connect();
    client.send(follow());
    client.until("event: hello\n");
    client
}

/// A follower whose connection can be taken apart.
fn raw(server: &Server) -> Box<Encrypted> {
    let Stream::Tls(mut stream) = server.stream() else { unreachable!("it is encrypted") };
    stream.write_all(follow().as_bytes()).unwrap();
    let mut told = Vec::new();
    while !told.windows(6).any(|bytes| bytes == b"hello\n") {
        let mut piece = [0; 1024];
        let length = stream.read(&mut piece).unwrap();
        told.extend_from_slice(&piece[..length]);
    }
    stream
}

fn pour(publisher: &mut Client, count: usize, size: usize) {
    let path = format!("/pour/ends?count={count}&size={size}");
    publisher.send(format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n"));
    publisher.answer();
}

#[test]
fn a_server_that_stops_says_bye_and_that_this_was_all() {
    let mut server = Server::secure();
    let mut followers = [begin(&server), begin(&server)];
    server.signal("-TERM");
    for follower in &mut followers {
        let rest = follower.rest();
        assert!(rest.contains("event: bye\n") && rest.ends_with("0\r\n\r\n"), "{rest}");
        assert!(!follower.was_cut());
    }
    assert!(server.ends().success());
}

/// Waits until nobody follows any more.
fn until_left(server: &Server) {
    let since = Instant::now();
    let asked = get("/comet/channels/news/ends", "*/*");
    while !server.answer(&asked).contains("\"readers\":0") {
        assert!(since.elapsed() < PATIENCE, "there is still a reader");
    }
}

#[test]
fn a_client_is_gone_that_says_so_that_closes_or_that_is_cut_off() {
    let server = Server::secure_with(|command| {
        command.env("COMET_PUBLISH", "loopback");
    });
    let leaves: [fn(&mut Encrypted); 4] = [
        |stream| {
            stream.conn.send_close_notify();
            stream.flush().unwrap();
        },
        |stream| stream.sock.shutdown(Shutdown::Write).unwrap(),
        |stream| stream.sock.write_all(b"no record").unwrap(),
        // What was not read makes a reset of it.
        |stream| stream.sock = TcpStream::connect(stream.sock.peer_addr().unwrap()).unwrap(),
    ];
    for leave in leaves {
        let mut follower = raw(&server);
        leave(&mut follower);
        until_left(&server);
    }
}

#[test]
fn keys_may_change_amid_a_stream() {
    let server = Server::secure();
    let (mut follower, mut publisher) = (raw(&server), server.connect());
    for number in 1..=5 {
        follower.conn.refresh_traffic_keys().unwrap();
        follower.flush().unwrap();
        pour(&mut publisher, 1, 9);
        let mut told = Vec::new();
        let wanted = format!("data: \"{number} ");
        while !told.windows(wanted.len()).any(|bytes| bytes == wanted.as_bytes()) {
            let mut piece = [0; 1024];
            let length = follower.read(&mut piece).unwrap();
            told.extend_from_slice(&piece[..length]);
        }
    }
}

#[test]
fn a_client_that_takes_nothing_is_cut_off_and_costs_nobody_else() {
    let server = Server::secure_with(|command| {
        command.env("COMET_WRITE_TIMEOUT", "300ms").env("COMET_PUBLISH", "loopback");
    });
    let stuck = raw(&server);
    let (mut other, mut publisher) = (begin(&server), server.connect());
    // More than the system's buffers take.
    for round in 1..=100 {
        pour(&mut publisher, 100, 1024);
        other.until(&format!("data: \"{} ", 100 * round));
    }
    other.finish_sending();
    until_left(&server);
    drop(stuck);
}
