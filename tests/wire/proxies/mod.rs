//! A real nginx before a real app: what is pushed arrives when it is pushed, whatever the proxy is set to.

mod nginx;

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use nginx::{Nginx, Setting};

use crate::client::{field, status};
use crate::stream::Stream;
use crate::websocket::{self, Socket};
use crate::{Server, call, get};

/// How an event's text begins.
const DATA: &str = "\"data\":\"";
const SSE_DATA: &str = "data: \"";

/// An app whose heartbeat is so rare that it pushes nothing through which is held back.
fn app() -> Server {
    Server::with(|command| {
        command.env("COMET_HEARTBEAT", "10m");
    })
}

/// Publishes an event, through the proxy as well.
fn publish(proxy: &Nginx) {
    let request = "POST /pour/proxied?count=1&size=20 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                   content-length: 0\r\n\r\n";
    let mut client = proxy.connect();
    client.send(request);
    assert!(client.rest().starts_with("HTTP/1.1 200 "));
}

#[test]
#[ignore = "needs nginx"]
fn a_12_events_pass_nginx_one_by_one_in_every_setting() {
    let app = app();
    for setting in Setting::ALL {
        let proxy = Nginx::before(app.address, setting);
        for (accept, data) in [("text/event-stream", SSE_DATA), ("application/x-ndjson", DATA)] {
            let mut client = proxy.connect();
            let head = client.ask(&get("/comet/events?channel=news/proxied", accept));
            let head = head.to_ascii_lowercase();
            assert_eq!(field(&head, "content-type"), accept, "{setting:?}: {head}");
            client.until("hello");
            // Each is there before the next is published.
            for _ in 0..3 {
                publish(&proxy);
                client.until(data);
            }
        }
    }
}

#[test]
#[ignore = "needs nginx"]
fn a_12_polls_and_calls_pass_nginx_in_every_setting() {
    let app = app();
    for setting in Setting::ALL {
        let proxy = Nginx::before(app.address, setting);
        let mut client = proxy.connect();
        client.send(get("/comet/events?channel=news/proxied&transport=longpoll", "*/*"));
        let (_, first) = client.answer();
        let (_, cursor) = first.rsplit_once("\"cursor\":\"").expect("a cursor");
        let cursor = cursor.split('"').next().unwrap_or_default();
        let path = format!("/comet/events?channel=news/proxied&transport=longpoll&cursor={cursor}");
        client.send(get(&path, "*/*"));
        publish(&proxy);
        assert!(client.answer().1.contains(DATA), "{setting:?}");
        client.send(call("add", "application/json", "[1,2]"));
        assert_eq!(client.answer().1, "3", "{setting:?}");
    }
}

#[test]
#[ignore = "needs nginx"]
fn a_12_websockets_pass_nginx_where_it_speaks_http_1_1_and_are_refused_where_not() {
    let app = app();
    for setting in Setting::ALL {
        let proxy = Nginx::before(app.address, setting);
        let (mut socket, head) = Socket::ask(
            Stream::connect(proxy.address, None),
            &websocket::ask("channel=news/proxied", ""),
        );
        if setting.upstream.contains("1.1") {
            assert_eq!(status(&head), 101, "{setting:?}: {head}");
            publish(&proxy);
            assert!(socket.there().contains("hello"), "{setting:?}");
        } else {
            assert_ne!(status(&head), 101, "{setting:?}: {head}");
        }
    }
}

#[test]
#[ignore = "needs nginx and curl"]
fn a_12_what_nginx_compresses_is_there_at_once_all_the_same() {
    let app = app();
    let proxy = Nginx::before(app.address, Setting::COMPRESSED);
    let mut curl = curl(proxy.address);
    let mut lines = BufReader::new(curl.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.eq_ignore_ascii_case("content-encoding: gzip")));
    assert!(lines.any(|line| line.contains("hello")));
    for _ in 0..3 {
        publish(&proxy);
        assert!(lines.any(|line| line.starts_with(SSE_DATA)));
    }
    curl.kill().unwrap();
    curl.wait().unwrap();
}

/// A stream as curl shows it, head included.
fn curl(address: SocketAddr) -> std::process::Child {
    let url = format!("http://{address}/comet/events?channel=news/proxied");
    Command::new("curl")
        .args(["--silent", "--no-buffer", "--include", "--compressed"])
        .args(["--header", "accept: text/event-stream", &url])
        .stdout(Stdio::piped())
        .spawn()
        .expect("curl is not installed")
}
