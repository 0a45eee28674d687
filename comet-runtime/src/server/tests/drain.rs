use std::future::poll_fn;
use std::pin::pin;
use std::process::Command;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{PATIENCE, Running};
use crate::server::{Drain, Phase, obey_signals};

#[tokio::test]
async fn an_endless_stream_is_dropped_at_the_limit() {
    let server = Running::with(|config| config.drain = Duration::from_millis(200));
    let mut client = server.connect().await;
    client.get("/endless").await;
    client.until(b"one\n").await;
    let (dropped, since) = (server.app.dropped.clone(), Instant::now());
    server.stop().await;
    assert!(since.elapsed() >= Duration::from_millis(200));
    assert!(since.elapsed() < Duration::from_secs(5), "took {:?}", since.elapsed());
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    assert!(!client.rest().await.ends_with("0\r\n\r\n"), "a cut stream must not look complete");
}

#[tokio::test]
async fn a_polite_stream_ends_by_itself_and_nothing_waits_longer() {
    let server = Running::with(|config| config.drain = PATIENCE * 10);
    let mut client = server.connect().await;
    client.get("/polite").await;
    client.until(b"one\n").await;
    server.stop().await;
    assert_eq!(client.rest().await, "\r\n0\r\n\r\n");
}

#[tokio::test]
async fn a_request_under_way_is_answered_and_the_connection_closed() {
    let server = Running::new();
    let mut client = server.connect().await;
    client.get("/wait").await;
    let mut idle = server.connect().await;
    idle.get("/").await;
    idle.until(b"hello").await;
    let silent = server.connect().await;
    server.until_open(3).await;

    server.drain.begin();
    assert_eq!(idle.rest().await, "");
    assert_eq!(silent.rest().await, "");
    server.app.go_on.notify_one();
    let answer = client.rest().await;
    assert!(answer.contains("connection: close") && answer.ends_with("waited"), "{answer}");
    server.stop().await;
}

#[tokio::test]
async fn no_new_connection_is_taken() {
    let server = Running::new();
    let address = server.address;
    let mut client = server.connect().await;
    client.get("/wait").await;
    server.until_open(1).await;
    server.drain.begin();
    let refused = async { while TcpStream::connect(address).await.is_ok() {} };
    timeout(PATIENCE, refused).await.expect("new connections are refused");
    server.app.go_on.notify_one();
    server.stop().await;
}

#[tokio::test]
async fn ending_at_once_waits_for_nobody() {
    let server = Running::with(|config| config.drain = PATIENCE * 10);
    let mut client = server.connect().await;
    client.get("/endless").await;
    client.until(b"one\n").await;
    server.drain.end();
    server.stop().await;
    client.rest().await;
}

#[tokio::test]
async fn phases_only_go_forward() {
    let drain = Drain::new();
    assert_eq!(drain.phase(), Phase::Running);
    drain.begin();
    drain.clone().begin();
    assert_eq!(drain.phase(), Phase::Draining);
    drain.begun().await;
    drain.end();
    drain.begin();
    assert_eq!(drain.phase(), Phase::Ended);
    drain.begun().await;
    drain.ended().await;
}

#[tokio::test]
async fn waiting_outlives_the_handle_it_came_from() {
    let drain = Drain::new();
    let mut begun = pin!(drain.clone().begun());
    let early = poll_fn(|cx| Poll::Ready(begun.as_mut().poll(cx).is_ready())).await;
    assert!(!early);
    drain.begin();
    begun.await;
}

#[tokio::test]
async fn the_first_signal_drains_and_the_second_ends() {
    let drain = Drain::new();
    let mut watching = obey_signals(drain.clone(), None).unwrap();
    let signal = |name: &str| {
        let me = std::process::id().to_string();
        assert!(Command::new("kill").args([name, &me]).status().unwrap().success());
    };
    signal("-TERM");
    timeout(PATIENCE, drain.begun()).await.expect("SIGTERM drains");
    assert_eq!(drain.phase(), Phase::Draining);
    signal("-INT");
    timeout(PATIENCE, drain.ended()).await.expect("a second signal ends");
    watching.join_next().await.unwrap().unwrap();
}
