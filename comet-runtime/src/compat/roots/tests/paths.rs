//! Paths that are followed, confirmed and left.

use super::{Page, Server, gone, said};
use crate::channel::hub;

#[tokio::test(start_paused = true)]
async fn r_05_r_06_a_path_is_confirmed_by_an_empty_message_and_followed_from_then_on() {
    let server = Server::new("roots-confirm");
    let mut page = server.page();
    page.ask().await;
    server.publish("a", "before");
    server.firenze.connect(page.id(), ["rooms/a", "rooms/b"]).await.unwrap();
    server.publish("a", "1");
    server.publish("b", r#""two""#);
    let updates = page.ask().await;
    assert_eq!(updates[..2], [said("a", ""), said("b", "")]);
    let mut rest = updates[2..].to_vec();
    rest.sort();
    assert_eq!(rest, [said("a", "1"), said("b", "two")]);
    // Once more is confirmed once more, and nothing comes twice.
    server.firenze.connect(page.id(), ["rooms/a"]).await.unwrap();
    server.publish("a", "2");
    assert_eq!(page.ask().await, [said("a", ""), said("a", "2")]);
}

#[tokio::test(start_paused = true)]
async fn r_06_who_follows_a_path_no_longer_is_told_so() {
    let server = Server::new("roots-leave");
    let mut page = server.following(&["a", "b"]).await;
    server.firenze.disconnect(page.id(), ["rooms/a", "rooms/never"]);
    server.publish("a", "unheard");
    server.publish("b", "1");
    assert_eq!(page.ask().await, [gone("a"), said("b", "1")]);
    assert_eq!((server.node("a").count(), server.node("b").count()), (0, 1));
    // A poll that is held hears of it as well.
    let held = tokio::spawn({
        let page = page.clone();
        async move { page.poll().await.1 }
    });
    tokio::task::yield_now().await;
    server.firenze.disconnect(page.id(), ["rooms/b"]);
    assert_eq!(held.await.unwrap(), [gone("b")]);
}

#[tokio::test(start_paused = true)]
async fn r_06_a_channel_that_is_closed_disconnects() {
    let server = Server::new("roots-closed");
    let mut page = server.following(&["a"]).await;
    server.publish("a", "last");
    hub().close(&server.node("a"));
    assert_eq!(page.ask().await, [said("a", "last"), gone("a")]);
    server.firenze.connect(page.id(), ["rooms/a"]).await.unwrap();
    server.publish("a", "anew");
    assert_eq!(page.ask().await, [said("a", ""), said("a", "anew")]);
}

#[tokio::test(start_paused = true)]
async fn updates_come_on_the_path_as_the_client_calls_it() {
    let server = Server::new("roots-names");
    let mut page = server.page();
    page.ask().await;
    server.firenze.connect(page.id(), ["rooms/Gr\u{fc}n 1", "rooms/Gr%C3%BCn%201"]).await.unwrap();
    page.ask().await;
    server.publish("Gr%C3%BCn%201", "1");
    assert_eq!(page.ask().await, [said("Gr\u{fc}n 1", "1"), said("Gr%C3%BCn%201", "1")]);
    server.firenze.disconnect(page.id(), ["rooms/Gr\u{fc}n 1"]);
    server.publish("Gr%C3%BCn%201", "2");
    assert_eq!(page.ask().await, [gone("Gr\u{fc}n 1"), said("Gr%C3%BCn%201", "2")]);
}

#[tokio::test(start_paused = true)]
async fn r_14_who_missed_something_is_told_by_an_empty_message_as_after_connecting() {
    let server = Server::new("roots-gap");
    let mut page = server.following(&["a", "b"]).await;
    for n in 0..15 {
        server.publish("a", &n.to_string());
    }
    server.publish("b", "whole");
    let updates = page.ask().await;
    let of = |path: &str| updates.iter().filter(|(p, _)| p == path).collect::<Vec<_>>();
    let a = of("rooms/a");
    assert_eq!((a[0], a[1], a.len()), (&said("a", ""), &said("a", "5"), 11));
    assert_eq!(of("rooms/b"), [&said("b", "whole")]);
}

#[tokio::test(start_paused = true)]
async fn r_14_a_session_takes_no_more_than_it_may_hold() {
    let server = Server::new("roots-queue");
    let mut page = server.following(&["a"]).await;
    let big = format!("\"{}\"", "x".repeat(30_000));
    for _ in 0..10 {
        server.publish("a", &big);
    }
    let mut sizes = Vec::new();
    while sizes.iter().sum::<usize>() < 10 {
        sizes.push(page.ask().await.len());
    }
    assert!(sizes.iter().all(|size| *size <= 4), "{sizes:?}");
    // Nor does it take confirmations without end.
    let mut result = Ok(());
    for _ in 0..5_000 {
        result = server.firenze.connect(page.id(), ["rooms/a"]).await;
        if result.is_err() {
            break;
        }
    }
    assert_eq!(result.unwrap_err().status().as_u16(), 429);
    let Page { app: _, user: _, token } = &page;
    assert!(token.ends_with("/11"), "{token}");
}
