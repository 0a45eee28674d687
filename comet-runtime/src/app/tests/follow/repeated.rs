//! Polls that follow each other on one connection of our own server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::super::rooms::rooms;
use super::super::{Tested, plan};
use super::at;
use crate::auth::{SharedAuthenticator, User};
use crate::channel::hub;
use crate::config::Config;
use crate::registry::Access;
use crate::server::{Bound, serve};

/// Polls, and hands back the whole reply.
async fn polled(stream: &mut TcpStream, cursor: &str) -> String {
    let request = format!(
        "GET /comet/events?transport=longpoll&timeout=1&channel=rooms/a&cursor={cursor} HTTP/1.1\r\n\
         host: localhost\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    while !reply.ends_with(b"}") {
        assert_ne!(stream.read_buf(&mut reply).await.unwrap(), 0);
    }
    String::from_utf8(reply).unwrap()
}

/// Serves an app for as long as the test's runtime is there.
pub(super) fn serving(app: Tested) -> SocketAddr {
    let bound = Bound::new("127.0.0.1:0".parse().unwrap()).unwrap();
    let (address, drain) = (bound.address(), app.drain.clone());
    tokio::spawn(async move { serve(bound, app.service, &Config::default(), drain).await });
    address
}

#[tokio::test]
async fn p7_the_authenticator_is_asked_at_every_poll() {
    let (asked, signed_in) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(true)));
    let rooms = rooms("repeated", Access::User);
    let mut plan = plan([]);
    plan.channels.push(rooms);
    let (asking, knows) = (Arc::clone(&asked), Arc::clone(&signed_in));
    plan.authenticator = Some(SharedAuthenticator::new(move |_: &http::request::Parts| {
        asking.fetch_add(1, Ordering::SeqCst);
        knows.load(Ordering::SeqCst).then(|| User::new("ann"))
    }));
    let address = serving(Tested::with(plan, Config::default()));

    let cursor = at(&hub().node("rooms/a", rooms), 0);
    let mut stream = TcpStream::connect(address).await.unwrap();
    for polls in 1..=4 {
        let reply = polled(&mut stream, &cursor).await;
        assert!(reply.ends_with(&format!("{{\"events\":[],\"cursor\":\"{cursor}\"}}")), "{reply}");
        assert_eq!(asked.load(Ordering::SeqCst), polls);
    }
    signed_in.store(false, Ordering::SeqCst);
    let refused = polled(&mut stream, &cursor).await;
    assert!(refused.starts_with("HTTP/1.1 401 Unauthorized\r\n"), "{refused}");
    signed_in.store(true, Ordering::SeqCst);
    assert!(polled(&mut stream, &cursor).await.starts_with("HTTP/1.1 200 OK\r\n"));
}
