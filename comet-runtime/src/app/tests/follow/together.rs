//! Polls that one event answers, on connections of our own server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::yield_now;
use tokio::time::timeout;

use super::super::rooms::rooms;
use super::super::{Tested, plan};
use super::at;
use super::repeated::serving;
use crate::auth::{SharedAuthenticator, User};
use crate::channel::{Node, hub};
use crate::config::Config;
use crate::log::{Draft, EventName};
use crate::registry::Access;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(20);

fn poll(cursor: &str, client: &str) -> String {
    format!(
        "GET /comet/events?transport=longpoll&channel=rooms/a&cursor={cursor}{client} HTTP/1.1\r\n\
         host: localhost\r\n\r\n"
    )
}

/// A channel of its own, on a server with an authenticator or without.
fn room(group: &'static str, asks: bool) -> (Arc<Node>, SocketAddr) {
    let access = if asks { Access::User } else { Access::Public };
    let rooms = rooms(group, access);
    let mut plan = plan([]);
    plan.channels.push(rooms);
    if asks {
        let ann = SharedAuthenticator::new(|_: &Parts| Some(User::new("ann")));
        plan.authenticator = Some(ann);
    }
    let address = serving(Tested::with(plan, Config::default()));
    (hub().node("rooms/a", rooms), address)
}

fn publish(node: &Node, json: impl Into<Bytes>) {
    node.publish(vec![Draft::new(EventName::MESSAGE, json.into())]).unwrap();
}

/// Waits until so many follow.
async fn followed(node: &Node, by: usize) {
    let there = async {
        while node.count() != by {
            yield_now().await;
        }
    };
    timeout(PATIENCE, there).await.expect("as many readers");
}

/// The next reply: its head and its body.
async fn reply(stream: &mut TcpStream) -> (String, String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let mut body = vec![0; field(&head, "content-length").parse().unwrap()];
    timeout(PATIENCE, stream.read_exact(&mut body)).await.expect("a whole body").unwrap();
    (head, String::from_utf8(body).unwrap())
}

fn field<'h>(head: &'h str, name: &str) -> &'h str {
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    fields.find(|(other, _)| *other == name).map(|(_, value)| value).unwrap_or_default()
}

#[tokio::test]
async fn one_event_answers_all_who_wait_and_each_goes_on_from_it() {
    for (group, asks) in [("together-open", false), ("together-asked", true)] {
        let (node, address) = room(group, asks);
        let mut streams = Vec::new();
        for _ in 0..5 {
            streams.push(TcpStream::connect(address).await.unwrap());
        }
        // One of them says who it is, as the browser client does.
        let client = |index| if index == 0 { "&client=aaaaaaaaaaaaaaaaaaaaaa" } else { "" };
        for round in 0..6 {
            for (index, stream) in streams.iter_mut().enumerate() {
                let poll = poll(&at(&node, round), client(index));
                stream.write_all(poll.as_bytes()).await.unwrap();
            }
            // Whoever is on its way meanwhile finds it as well.
            if round % 2 == 0 {
                followed(&node, 5).await;
            }
            publish(&node, round.to_string());
            let (mut bodies, mut ids) = (Vec::new(), Vec::new());
            for stream in &mut streams {
                let (head, body) = reply(stream).await;
                assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
                ids.push(field(&head, "x-request-id").to_owned());
                bodies.push(body);
            }
            bodies.dedup();
            ids.sort();
            ids.dedup();
            assert_eq!((bodies.len(), ids.len()), (1, 5), "{bodies:?} {ids:?}");
            assert!(bodies[0].contains(&format!("\"data\":{round}}}")), "{}", bodies[0]);
            assert!(bodies[0].ends_with(&format!("\"cursor\":\"{}\"}}", at(&node, round + 1))));
        }
    }
}

#[tokio::test]
async fn polls_that_come_before_their_turn_are_answered_in_turn() {
    let (node, address) = room("together-ahead", false);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(poll(&at(&node, 0), "").as_bytes()).await.unwrap();
    followed(&node, 1).await;
    let ahead: String = (1..4).map(|offset| poll(&at(&node, offset), "")).collect();
    stream.write_all(ahead.as_bytes()).await.unwrap();
    for round in 0..4 {
        publish(&node, round.to_string());
        let (_, body) = reply(&mut stream).await;
        assert!(body.contains(&format!("\"data\":{round}}}")), "{round}: {body}");
    }
}

#[tokio::test]
async fn who_asks_again_elsewhere_ends_the_poll_that_waits() {
    let (node, address) = room("together-replaced", false);
    let poll = poll(&at(&node, 0), "&client=aaaaaaaaaaaaaaaaaaaaaa");
    let (mut one, mut other) =
        (TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap());
    one.write_all(poll.as_bytes()).await.unwrap();
    followed(&node, 1).await;
    for _ in 0..3 {
        other.write_all(poll.as_bytes()).await.unwrap();
        assert!(reply(&mut one).await.1.starts_with("{\"events\":[],"));
        std::mem::swap(&mut one, &mut other);
    }
    publish(&node, "0");
    assert!(reply(&mut one).await.1.contains("\"data\":0}"));
}

#[tokio::test]
async fn several_events_at_once_and_a_cursor_before_them_are_one_reply() {
    let (node, address) = room("together-several", false);
    let mut streams =
        [TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap()];
    for round in 0..3 {
        for stream in &mut streams {
            stream.write_all(poll(&at(&node, 2 * round), "").as_bytes()).await.unwrap();
        }
        followed(&node, 2).await;
        let drafts = ["1", "2"].map(|json| Draft::new(EventName::MESSAGE, json.into()));
        node.publish(drafts.to_vec()).unwrap();
        for stream in &mut streams {
            let (_, body) = reply(stream).await;
            assert!(body.contains("\"data\":1}") && body.contains("\"data\":2}"), "{body}");
        }
    }
    // Who asks with a cursor from before gets all since then, however it waited before.
    streams[0].write_all(poll(&at(&node, 3), "").as_bytes()).await.unwrap();
    assert_eq!(reply(&mut streams[0]).await.1.matches("\"data\"").count(), 3);
}

#[tokio::test]
async fn who_does_not_read_its_reply_holds_nobody_up_and_gets_it_whole() {
    let (node, address) = room("together-slow", false);
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let (mut slow, mut other) =
        (socket.connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap());
    for round in 0..2 {
        for stream in [&mut slow, &mut other] {
            stream.write_all(poll(&at(&node, round), "").as_bytes()).await.unwrap();
        }
        followed(&node, 2).await;
        let large = format!("\"{}\"", "x".repeat(8 << 20));
        publish(&node, large.clone());
        for stream in [&mut other, &mut slow] {
            let (_, body) = timeout(PATIENCE, reply(stream)).await.expect("a reply");
            assert!(body.contains(&large));
        }
    }
}

#[tokio::test]
async fn a_channel_that_ends_answers_who_waits() {
    let (node, address) = room("together-end", false);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(poll(&at(&node, 0), "").as_bytes()).await.unwrap();
    followed(&node, 1).await;
    hub().close(&node);
    let (_, body) = reply(&mut stream).await;
    assert!(body.contains("closed") && body.ends_with("\"cursor\":\"done\"}"), "{body}");
}
