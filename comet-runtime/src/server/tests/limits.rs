use std::net::IpAddr;

use super::Running;
use crate::config::Config;
use crate::server::limits::Limits;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[tokio::test]
async fn beyond_the_limit_a_connection_is_told_to_come_back() {
    let server = Running::with(|config| config.max_connections = 2);
    let mut first = server.connect().await;
    let mut second = server.connect().await;
    for client in [&mut first, &mut second] {
        client.get("/").await;
        client.until(b"hello").await;
    }
    let answer = server.answer("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{head}");
    assert!(head.contains("\r\nretry-after: 5"), "{head}");
    assert!(head.contains(&format!("\r\ncontent-length: {}", body.len())), "{head}");
    let problem: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(problem["status"], 503);

    first.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    first.rest().await;
    server.until_open(1).await;
    let mut third = server.connect().await;
    third.get("/").await;
    third.until(b"hello").await;
    server.stop().await;
}

#[tokio::test]
async fn one_address_cannot_take_all_connections() {
    let server = Running::with(|config| {
        config.max_connections_per_address = 1;
        config.proxies.clear();
    });
    let mut first = server.connect().await;
    first.get("/").await;
    first.until(b"hello").await;
    assert!(server.answer("").await.starts_with("HTTP/1.1 503"));
    assert_eq!(server.limits.counts(), (1, 1));
    server.stop().await;
}

#[test]
fn addresses_are_counted_apart_and_given_back() {
    let config = Config { max_connections: 5, max_connections_per_address: 2, ..Config::default() };
    let limits = Limits::of(&config);
    let open: Vec<_> =
        ["192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2", "2001:db8::1", "2001:db8::ffff:0:0:1"]
            .map(|peer| limits.admit(address(peer)).unwrap())
            .into();
    assert_eq!(limits.counts(), (5, 3));
    drop(open);
    assert_eq!(limits.counts(), (0, 0));

    let _first = limits.admit(address("2001:db8::1")).unwrap();
    let second = limits.admit(address("2001:db8::2")).unwrap();
    assert!(limits.admit(address("2001:db8::3")).is_none(), "same /64");
    assert!(limits.admit(address("2001:db8:0:1::3")).is_some(), "another /64");
    drop(second);
    assert!(limits.admit(address("2001:db8::3")).is_some());
}

#[test]
fn a_proxy_counts_in_the_total_only() {
    let config = Config { max_connections: 3, max_connections_per_address: 1, ..Config::default() };
    let limits = Limits::of(&config);
    let open = [(); 3].map(|()| limits.admit(address("127.0.0.1")).unwrap());
    assert_eq!(limits.counts(), (3, 0));
    assert!(limits.admit(address("127.0.0.1")).is_none());
    assert!(limits.admit(address("192.0.2.1")).is_none());
    drop(open);
    assert_eq!(limits.counts(), (0, 0));
}
