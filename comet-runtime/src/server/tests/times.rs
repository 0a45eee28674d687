use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::{Client, PATIENCE, Running};

const LIMIT: Duration = Duration::from_millis(200);

/// Reads until the server closes, which must be at its limit and neither before nor long after.
async fn closes_at_the_limit(client: Client, since: Instant) -> String {
    let answer = client.rest().await;
    assert!(since.elapsed() >= LIMIT, "closed after {:?}", since.elapsed());
    assert!(since.elapsed() < PATIENCE / 2, "closed after {:?}", since.elapsed());
    answer
}

#[tokio::test]
async fn a_header_has_to_be_sent_in_time() {
    let server = Running::with(|config| config.header_timeout = LIMIT);
    for start in ["", "P", "PRI * HTTP/2.0\r\n", "GET / HT", "GET / HTTP/1.1\r\nhost: a\r\nx: "] {
        let since = Instant::now();
        let mut client = server.connect().await;
        client.send(start).await;
        assert_eq!(closes_at_the_limit(client, since).await, "", "{start:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn dripping_does_not_help() {
    let server = Running::with(|config| config.header_timeout = LIMIT);
    let since = Instant::now();
    let mut client = server.connect().await;
    client.send("GET / HTTP/1.1\r\nhost: a\r\nx: ").await;
    while client.try_send(b"y").await {
        assert!(since.elapsed() < PATIENCE, "still open");
        tokio::time::sleep(LIMIT / 20).await;
    }
    assert!(since.elapsed() >= LIMIT);
    server.stop().await;
}

#[tokio::test]
async fn the_next_header_has_its_own_time() {
    let server = Running::with(|config| config.header_timeout = LIMIT);
    let mut client = server.connect().await;
    client.get("/").await;
    client.until(b"hello").await;
    tokio::time::sleep(2 * LIMIT).await;
    let since = Instant::now();
    client.send("GET / HTTP/1.1\r\n").await;
    assert_eq!(closes_at_the_limit(client, since).await, "");
    server.stop().await;
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = Running::with(|config| config.idle_timeout = LIMIT);
    let mut client = server.connect().await;
    let since = Instant::now();
    client.get("/").await;
    client.until(b"hello").await;
    assert_eq!(closes_at_the_limit(client, since).await, "");
    server.stop().await;
}

#[tokio::test]
async fn a_body_has_to_come_in_time() {
    let server = Running::with(|config| config.body_timeout = LIMIT);
    let since = Instant::now();
    let mut client = server.connect().await;
    client.send("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\na").await;
    let answer = closes_at_the_limit(client, since).await;
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout"), "{answer}");
    assert!(answer.ends_with("the request body came too slowly; send it without pauses"));
    server.stop().await;
}

#[tokio::test]
async fn a_body_may_not_drip_either() {
    let server = Running::with(|config| config.body_timeout = LIMIT);
    let since = Instant::now();
    let mut client = server.connect().await;
    client.send("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 9999\r\n\r\n").await;
    while client.try_send(b"y").await {
        assert!(since.elapsed() < PATIENCE, "still open");
        tokio::time::sleep(LIMIT / 20).await;
    }
    assert!(since.elapsed() >= LIMIT);
    server.stop().await;
}

#[tokio::test]
async fn a_busy_app_is_not_the_clients_fault() {
    let server = Running::with(|config| config.body_timeout = LIMIT);
    let mut client = server.connect().await;
    client.send("POST /late HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nab").await;
    tokio::time::sleep(2 * LIMIT).await;
    client.send("cd").await;
    server.app.go_on.notify_one();
    client.until(b"\r\n\r\nabcd").await;
    server.stop().await;
}

#[tokio::test]
async fn a_client_that_takes_nothing_is_cut_off() {
    let server = Running::with(|config| config.write_timeout = LIMIT);
    let mut client = server.connect().await;
    client.get("/flood").await;
    client.until(b"xxx").await;
    let since = Instant::now();
    while server.app.dropped.load(Ordering::SeqCst) == 0 {
        assert!(since.elapsed() < PATIENCE, "still open");
        tokio::task::yield_now().await;
    }
    assert!(since.elapsed() >= LIMIT / 2);
    server.stop().await;
}
