//! Polls that the server holds itself.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::app::LARGE;
use super::polls::SHORT;
use super::{Client, PATIENCE, Running};

fn poll(at: &str) -> String {
    format!("GET /poll?at={at} HTTP/1.1\r\nhost: localhost\r\nx-user: ann\r\n\r\n")
}

const OTHER: &str = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

impl Running {
    /// Waits until so many polls have come as requests, so many as repetitions, and so many are held.
    async fn polled(&self, asked: usize, again: usize, held: usize) {
        let polls = &self.app.polls;
        let counted = async {
            while [&polls.asked, &polls.again, &polls.held].map(|n| n.load(Ordering::SeqCst))
                != [asked, again, held]
            {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, counted).await.expect("as many polls as that");
    }

    /// Sends a poll that is answered, and hands back the head of the answer.
    async fn poll(&self, client: &mut Client, request: &str, at: &str) -> String {
        client.send(request).await;
        self.app.polls.ring();
        let head = client.head().await;
        client.until(format!("now {at}").as_bytes()).await;
        head
    }
}

#[tokio::test]
async fn polls_that_follow_each_other_have_the_same_reply() {
    let server = Running::new();
    let mut client = server.connect().await;
    for (again, at) in ["1", "22", "333"].into_iter().enumerate() {
        client.send(poll(at)).await;
        server.polled(1, again, 1).await;
        server.app.polls.ring();
        let head = client.head().await;
        client.until(format!("now {at}").as_bytes()).await;
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        let id = if again == 0 { "first" } else { "next" };
        let length = 4 + at.len();
        for once in [
            "x-kind: poll\r\n",
            &format!("x-request-id: {id}\r\n"),
            &format!("content-length: {length}\r\n"),
            " GMT\r\n",
        ] {
            assert_eq!(head.matches(once).count(), 1, "{once} in {head}");
        }
        assert_eq!(head.matches("\r\n").count(), 6, "{head}");
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_repetition_is_answered_as_ever_and_polls_go_on_after_it() {
    let server = Running::new();
    let mut client = server.connect().await;
    server.poll(&mut client, &poll("1"), "1").await;
    server.poll(&mut client, &poll("2").replace("ann", "bob"), "2").await;
    server.poll(&mut client, &poll("3").replace("ann", "bob"), "3").await;
    server.polled(2, 1, 0).await;
    client.send(poll("refused").replace("ann", "bob")).await;
    client.until(b"not held: refused").await;
    client.send(OTHER).await;
    client.until(b"hello").await;
    server.poll(&mut client, &poll("4"), "4").await;
    // Where the bytes of a request are known from its first on, the next can be a repetition.
    server.poll(&mut client, &poll("5"), "5").await;
    server.poll(&mut client, &poll("6"), "6").await;
    server.polled(5, 2, 0).await;
    server.stop().await;
}

#[tokio::test]
async fn requests_that_come_before_their_turn_are_answered_in_turn() {
    let server = Running::new();
    let mut client = server.connect().await;
    server.poll(&mut client, &poll("1"), "1").await;
    let all = [&poll("2"), &poll("3"), OTHER, &poll("4"), &poll("5"), OTHER].concat();
    for rest in all.as_bytes().chunks(33) {
        client.send(rest).await;
        tokio::task::yield_now().await;
    }
    for answer in ["now 2", "now 3", "hello", "now 4", "now 5", "hello"] {
        server.app.polls.ring();
        client.until(answer.as_bytes()).await;
    }
    let close = OTHER.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    client.send(close).await;
    assert!(client.rest().await.ends_with("hello"));
    server.stop().await;
}

#[tokio::test]
async fn more_than_there_is_room_for_stays_with_its_sender() {
    let server = Running::new();
    let mut client = server.connect().await;
    client.send(poll("1")).await;
    server.polled(1, 0, 1).await;
    let many = 2000;
    client.send(OTHER.repeat(many)).await;
    server.app.polls.ring();
    client.until(b"now 1").await;
    for _ in 0..many {
        client.until(b"hello").await;
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_malformed_after_a_poll_is_refused() {
    let server = Running::new();
    let mut client = server.connect().await;
    server.poll(&mut client, &poll("1"), "1").await;
    client.send(poll("2").replace("x-user: ann\r", "x-user: ann")).await;
    assert!(client.rest().await.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    let mut ahead = server.connect().await;
    ahead.send([&poll("1"), "GET / HTTP/1.1\nhost: a\r\n\r\n", &poll("2")].concat()).await;
    server.app.polls.ring();
    ahead.until(b"now 1").await;
    let rest = ahead.rest().await;
    assert!(rest.starts_with("HTTP/1.1 400 Bad Request\r\n") && !rest.contains("now"), "{rest}");
    server.stop().await;
}

#[tokio::test]
async fn a_client_that_leaves_is_not_waited_for() {
    let server = Running::new();
    for polls in 1..=3 {
        let mut client = server.connect().await;
        for at in 1..polls {
            server.poll(&mut client, &poll(&at.to_string()), &at.to_string()).await;
        }
        client.send(poll("9")).await;
        server.polled(polls, (1..polls).sum(), 1).await;
        drop(client);
        server.polled(polls, (1..polls).sum(), 0).await;
        server.until_open(0).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn a_poll_ends_when_its_time_is_up() {
    let server = Running::new();
    let mut client = server.connect().await;
    for _ in 0..3 {
        let since = Instant::now();
        client.send(poll("short")).await;
        client.until(b"gone short").await;
        assert!(since.elapsed() >= SHORT, "{:?}", since.elapsed());
    }
    server.polled(1, 2, 0).await;
    server.stop().await;
}

#[tokio::test]
async fn a_connection_without_the_next_poll_is_closed() {
    let limit = Duration::from_millis(200);
    let server = Running::with(|config| config.idle_timeout = limit);
    let mut client = server.connect().await;
    server.poll(&mut client, &poll("1"), "1").await;
    let since = Instant::now();
    server.poll(&mut client, &poll("2"), "2").await;
    assert_eq!(client.rest().await, "");
    assert!(since.elapsed() >= limit && since.elapsed() < PATIENCE / 2, "{:?}", since.elapsed());
    server.stop().await;
}

#[tokio::test]
async fn the_rest_of_a_request_after_a_poll_has_to_come_in_time() {
    let limit = Duration::from_millis(200);
    let server = Running::with(|config| config.header_timeout = limit);
    let mut client = server.connect().await;
    server.poll(&mut client, &poll("1"), "1").await;
    let since = Instant::now();
    client.send(&poll("2")[..20]).await;
    assert_eq!(client.rest().await, "");
    assert!(since.elapsed() >= limit && since.elapsed() < PATIENCE / 2, "{:?}", since.elapsed());
    server.stop().await;
}

#[tokio::test]
async fn a_drain_answers_who_waits_and_closes_who_does_not() {
    let server = Running::with(|config| config.drain = PATIENCE * 10);
    let (mut first, mut next) = (server.connect().await, server.connect().await);
    let mut idle = server.connect().await;
    server.poll(&mut next, &poll("1"), "1").await;
    server.poll(&mut idle, &poll("1"), "1").await;
    first.send(poll("a")).await;
    next.send(poll("b")).await;
    server.polled(3, 1, 2).await;
    server.drain.begin();
    for (waiting, at) in [(first, "a"), (next, "b")] {
        let answer = waiting.rest().await;
        assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
        assert!(answer.ends_with(&format!("\r\n\r\ngone {at}")), "{answer}");
    }
    assert_eq!(idle.rest().await, "");
    server.stop().await;
}

#[tokio::test]
async fn a_request_is_held_only_where_the_connection_stays() {
    let server = Running::new();
    for request in [
        poll("1").replace("HTTP/1.1", "HTTP/1.0"),
        poll("1").replacen("\r\n", "\r\nconnection: close\r\n", 1),
        poll("1").replacen("\r\n", "\r\nconnection: close, te\r\n", 1),
        poll("1").replacen("\r\n", "\r\ncontent-length: 1\r\n", 1) + "x",
    ] {
        let mut client = server.connect().await;
        client.send(&request).await;
        client.until(b"not held: 1").await;
    }
    let mut client = server.connect().await;
    let kept = poll("1").replacen("\r\n", "\r\nconnection: keep-alive\r\n", 1);
    server.poll(&mut client, &kept, "1").await;
    server.stop().await;
}

#[tokio::test]
async fn nothing_is_lost_that_was_to_be_written_before() {
    let server = Running::new();
    let mut client = server.connect().await;
    let large = OTHER.replace("GET / ", "GET /large ");
    client.send(large + &poll("1")).await;
    let head = client.head().await;
    assert!(head.contains(&format!("content-length: {LARGE}\r\n")), "{head}");
    server.app.polls.ring();
    assert_eq!(client.until(b"HTTP/1.1 200 OK").await.len(), LARGE + "HTTP/1.1 200 OK".len());
    server.stop().await;
}
