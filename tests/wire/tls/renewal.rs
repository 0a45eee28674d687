//! A certificate that is renewed while the server runs.

use std::io::Write;

use rustls::ALL_VERSIONS;

use super::super::client::Client;
use super::super::stream::Stream;
use super::super::{Server, call, get};
use super::{CERTIFICATE, KEY, certify, trusting};

fn begin(server: &Server) -> Client {
    let mut client = server.connect();
    client.send(get("/comet/events?channel=news/renewed", "text/event-stream"));
    client.until("event: hello\n");
    client
}

fn pour(client: &mut Client) {
    let path = "/pour/renewed?count=1&size=9";
    client.send(format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n"));
    client.answer();
}

/// Whether a client that trusts nothing but the certificate it has would stay.
fn is_trusted(server: &Server) -> bool {
    let Stream::Tls(mut stream) = server.stream() else { unreachable!("it is encrypted") };
    stream.write_all(b"GET").and_then(|()| stream.flush()).is_ok()
}

#[test]
fn new_connections_see_the_new_one_and_streams_go_on() {
    let mut server = Server::secure();
    let (mut follower, mut publisher) = (begin(&server), server.connect());
    pour(&mut publisher);
    follower.until("data: \"1 ");
    certify(&server.directory.0);
    assert!(is_trusted(&server), "nothing is read by itself");
    server.signal("-HUP");
    server.logs("read the certificate anew");
    assert!(!is_trusted(&server), "not even one that has a ticket of before");
    server.tls = Some(trusting(&server.directory.0, ALL_VERSIONS));
    assert!(is_trusted(&server));
    pour(&mut publisher);
    follower.until("data: \"2 ");
}

#[test]
fn one_that_cannot_be_used_is_logged_and_leaves_the_one_before() {
    let server = Server::secure();
    let file = server.directory.0.join(KEY);
    let key = std::fs::read(&file).unwrap();
    std::fs::write(&file, "nothing").unwrap();
    server.signal("-HUP");
    let logged = server.logs("the certificate stays the one it was");
    assert!(
        logged.contains("tls_key") && logged.contains("`key.pem` has no private key"),
        "{logged}"
    );
    assert!(is_trusted(&server));
    std::fs::write(&file, key).unwrap();
    std::fs::remove_file(server.directory.0.join(CERTIFICATE)).unwrap();
    server.signal("-HUP");
    assert!(server.logs("stays the one it was").contains("cannot read `certificate.pem`"));
    let mut client = server.connect();
    client.send(call("add", "*/*", "[1,2]"));
    assert_eq!(client.answer().1, "3");
}
