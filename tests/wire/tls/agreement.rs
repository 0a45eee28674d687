//! Up to the first request.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2::handshake;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, HandshakeKind};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::super::client::{Client, field, status};
use super::super::stream::Stream;
use super::super::{PATIENCE, Server, call, get};
use super::trusting;

/// The same settings with a protocol to ask for.
fn asking(config: &ClientConfig, protocol: &str) -> Arc<ClientConfig> {
    let mut config = config.clone();
    config.alpn_protocols = vec![protocol.into()];
    Arc::new(config)
}

#[test]
fn it_answers_and_says_when_that_was_all() {
    let server = Server::secure();
    let mut client = server.connect();
    for _ in 0..2 {
        client.send(call("add", "*/*", "[1,2]"));
        assert_eq!(client.answer().1, "3");
    }
    client.send(call("add", "*/*", "[1,2]").replacen("\r\n", "\r\nconnection: close\r\n", 1));
    assert!(client.rest().ends_with("\r\n\r\n3"));
    assert!(!client.was_cut());
}

#[test]
fn the_scheme_is_known_and_a_page_of_another_is_another_site() {
    let server = Server::secure();
    let port = server.address.port();
    for (scheme, wanted) in [("https", 200), ("http", 403)] {
        let from = format!("host: localhost:{port}\r\norigin: {scheme}://localhost:{port}\r\n");
        let request = call("add", "*/*", "[1,2]").replacen("host: localhost\r\n", &from, 1);
        assert_eq!(status(&server.answer(&request)), wanted, "{scheme}");
    }
}

#[test]
fn cookies_are_for_https_alone() {
    let server = Server::secure_with(|command| {
        command.env("WIRE_CSRF", "1");
    });
    let answer = server.answer(&get("/comet/csrf", "*/*"));
    assert!(field(&answer, "set-cookie").ends_with("; Secure"), "{answer}");
}

#[test]
fn a_client_that_was_here_comes_back_by_its_ticket() {
    let server = Server::secure();
    for version in [&TLS13, &TLS12] {
        let config = trusting(&server.directory.0, &[version]);
        let kinds = [(); 2].map(|()| {
            let Stream::Tls(mut stream) = Stream::connect(server.address, Some(&config)) else {
                unreachable!("it is encrypted");
            };
            stream.write_all(get("/users/7", "*/*").as_bytes()).unwrap();
            stream.read_exact(&mut [0; 100]).unwrap();
            assert_eq!(stream.conn.protocol_version(), Some(version.version));
            stream.conn.handshake_kind().unwrap()
        });
        assert_eq!(kinds, [HandshakeKind::Full, HandshakeKind::Resumed], "{version:?}");
    }
}

#[test]
fn http_1_is_spoken_where_that_is_agreed_on() {
    let server = Server::secure();
    let config = asking(server.tls.as_ref().unwrap(), "http/1.1");
    let mut client = Client::over(Stream::connect(server.address, Some(&config)));
    client.send(call("add", "*/*", "[1,2]"));
    assert_eq!(client.answer().1, "3");
    // Nothing else is spoken then.
    let mut client = Client::over(Stream::connect(server.address, Some(&config)));
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assert_eq!(client.rest(), "");
    let config = asking(server.tls.as_ref().unwrap(), "imap");
    let Stream::Tls(mut stream) = Stream::connect(server.address, Some(&config)) else {
        unreachable!("it is encrypted");
    };
    assert!(stream.write_all(b"a").and_then(|()| stream.flush()).is_err(), "no such protocol");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http_2_is_agreed_on_and_streams() {
    let server = Server::secure();
    let config = server.tls.as_ref().unwrap();
    for config in [asking(config, "h2"), Arc::clone(config)] {
        let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
        let name = "localhost".try_into().unwrap();
        let stream = TlsConnector::from(config).connect(name, stream).await.unwrap();
        let io = TokioIo::new(stream);
        let (mut sender, connection) = handshake(TokioExecutor::new(), io).await.unwrap();
        tokio::spawn(connection);
        let get = |path: &str| {
            let request = Request::get(format!("https://localhost{path}"));
            let body = Full::<Bytes>::default();
            request.header("accept", "application/x-ndjson").body(body).unwrap()
        };
        let mut streaming = sender.send_request(get("/forever")).await.unwrap();
        let first = timeout(PATIENCE, streaming.body_mut().frame()).await.unwrap();
        assert!(first.unwrap().unwrap().into_data().unwrap().ends_with(b"{\"n\":1}}\n"));
        let reply = sender.send_request(get("/ticks/1")).await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        let body =
            timeout(PATIENCE, reply.into_body().collect()).await.unwrap().unwrap().to_bytes();
        assert!(body.ends_with(b"\"event\":\"done\",\"data\":null}\n"), "{body:?}");
    }
}

#[test]
fn plain_http_is_told_to_come_by_https() {
    let server = Server::secure();
    for request in [get("/users/7", "*/*"), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(), "x".into()] {
        let mut client = Client::connect(server.address);
        client.send(request);
        client.finish_sending();
        let answer = client.rest();
        assert_eq!((status(&answer), field(&answer, "connection")), (400, "close"), "{answer}");
        assert!(answer.contains("begin the address with https://"), "{answer}");
    }
    server.lives();
}

#[test]
fn a_handshake_that_is_never_finished_ends_with_the_time_for_a_header() {
    const LIMIT: Duration = Duration::from_millis(300);
    let server = Server::secure_with(|command| {
        command.env("COMET_HEADER_TIMEOUT", "300ms");
    });
    // The head of a record, and nothing of what it holds.
    for said in [&b""[..], &[22], &[22, 3, 1, 2, 0]] {
        let since = Instant::now();
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(said).unwrap();
        assert_eq!(stream.read(&mut [0; 100]).unwrap_or_default(), 0, "{said:?}");
        assert!(since.elapsed() >= LIMIT, "{said:?}");
    }
    // Agreed, and nothing asked.
    let since = Instant::now();
    let Stream::Tls(mut stream) = server.stream() else { unreachable!("it is encrypted") };
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).unwrap();
    }
    assert!(stream.read(&mut [0; 100]).is_err(), "it was cut");
    assert!(since.elapsed() >= LIMIT);
    server.lives();
}

#[test]
fn what_is_no_handshake_is_told_by_an_alert_and_ends() {
    let server = Server::secure();
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(&[22, 3, 1, 0, 4, 1, 0, 0, 0]).unwrap();
    let mut alert = Vec::new();
    // The connection may be reset behind the alert.
    let _ = stream.read_to_end(&mut alert);
    assert_eq!(alert.first(), Some(&21), "{alert:?}");
    server.lives();
}

#[test]
fn there_is_no_room_for_more_than_there_may_be() {
    let server = Server::secure_with(|command| {
        command.env("COMET_MAX_CONNECTIONS", "1");
    });
    let mut first = server.connect();
    first.send(call("add", "*/*", "[1,2]"));
    assert_eq!(first.answer().1, "3");
    let mut second = TcpStream::connect(server.address).unwrap();
    second.set_read_timeout(Some(PATIENCE)).unwrap();
    assert_eq!(second.read(&mut [0; 100]).unwrap_or_default(), 0, "nothing in plain text");
}
