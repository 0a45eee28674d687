//! What comes at the very moment when a time runs out has come in time.

use std::net;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinSet, yield_now};
use tokio::time::advance;

use super::app::Tiny;
use super::client::Client;
use super::http2::{PREFACE, SETTINGS, frame};
use crate::config::Config;
use crate::server::Drain;
use crate::server::connection::Connections;
use crate::server::limits::Limits;

const LIMIT: Duration = Duration::from_secs(5);

/// More than anything here takes.
const TURNS: u32 = 100_000;

/// A client and its connection, for which time passes only when it is said to.
struct Still {
    client: Client,
    /// The server's end, to look at.
    far: net::TcpStream,
    app: Tiny,
    _tasks: JoinSet<()>,
}

impl Still {
    async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        change(&mut config);
        let drain = Drain::new();
        let app = Tiny::new(&drain);
        let permit = Limits::of(&config).admit([127, 0, 0, 1].into()).unwrap();
        let connections = Arc::new(Connections::new(app.clone(), &config, None, drain));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (served, peer) = listener.accept().await.unwrap();
        let served = served.into_std().unwrap();
        let far = served.try_clone().unwrap();
        let served = TcpStream::from_std(served).unwrap();
        let mut tasks = JoinSet::new();
        tasks.spawn(connections.serve(served, peer, permit));
        // A clock that stands still goes on by itself when nobody has anything to do, as it is when a test has failed.
        tasks.spawn(async {
            for _ in 0..TURNS {
                yield_now().await;
            }
        });
        Self { client: Client::over(client), far, app, _tasks: tasks }
    }

    /// Sends when the time that runs now is up, so that the server finds both at once.
    async fn send_at_the_last_moment(&mut self, bytes: impl AsRef<[u8]>) {
        advance(LIMIT - Duration::from_millis(1)).await;
        self.client.send_unnoticed(bytes.as_ref());
        while self.far.peek(&mut [0]).is_err() {
            std::thread::yield_now();
        }
        // A timer is late by up to a millisecond.
        advance(Duration::from_millis(5)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_waits_in_the_socket_is_read_before_a_time_is_up() {
    let header: fn(&mut Config) = |config| config.header_timeout = LIMIT;
    let body: fn(&mut Config) = |config| config.body_timeout = LIMIT;
    let idle: fn(&mut Config) = |config| config.idle_timeout = LIMIT;
    let (get, head) = ("GET / HTTP/1.1\r\nhost: a\r\n\r\n", "GET / HTTP/1.1\r\nhost: a\r\n");
    let post = "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n";
    for (limit, before, at_last, answer) in [
        (header, "", get, "hello"),
        (header, "GET / HT", "TP/1.1\r\nhost: a\r\n\r\n", "hello"),
        (header, head, "\r\n", "hello"),
        (body, post, "ok", "\r\n\r\nok"),
        (idle, get, get, "hello"),
    ] {
        let mut still = Still::with(limit).await;
        still.client.send(before).await;
        if before == get {
            still.client.until(b"hello").await;
        }
        still.send_at_the_last_moment(at_last).await;
        still.client.until(answer.as_bytes()).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_head_that_begins_at_the_last_moment_has_the_time_that_heads_have() {
    let limits =
        |config: &mut Config| (config.idle_timeout, config.header_timeout) = (LIMIT, LIMIT);
    let mut still = Still::with(limits).await;
    still.client.get("/").await;
    still.client.until(b"hello").await;
    still.send_at_the_last_moment("GET / HTTP/1.1\r\n").await;
    still.send_at_the_last_moment("host: a\r\n\r\n").await;
    still.client.until(b"hello").await;
}

#[tokio::test(start_paused = true)]
async fn a_poll_at_the_last_moment_is_held() {
    let mut still = Still::with(|config| config.idle_timeout = LIMIT).await;
    let poll = |at: &str| format!("GET /poll?at={at} HTTP/1.1\r\nhost: a\r\n\r\n");
    still.client.send(poll("1")).await;
    still.app.polls.ring();
    still.client.until(b"now 1").await;
    still.send_at_the_last_moment(poll("2")).await;
    still.app.polls.ring();
    still.client.until(b"now 2").await;
}

#[tokio::test(start_paused = true)]
async fn an_http2_body_at_the_last_moment_is_read() {
    const DATA: u8 = 0;
    let mut still = Still::with(|config| config.body_timeout = LIMIT).await;
    let echo = [&[0x83, 0x86, 0x44, 5][..], b"/echo", &[0x41, 1], b"a"].concat();
    let head = frame(1, 0x4, 1, &echo);
    still.client.send([PREFACE, &frame(SETTINGS, 0, 0, &[]), &head].concat()).await;
    still.client.until(&[SETTINGS, 1, 0, 0, 0, 0]).await;
    still.send_at_the_last_moment(frame(DATA, 0x1, 1, b"so late")).await;
    still.client.until(b"so late").await;
}
