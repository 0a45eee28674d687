//! When polls are answered, and how long sessions last.

use std::time::Duration;

use tokio::time::{Instant, advance, sleep};

use super::{Server, said};

const MS: Duration = Duration::from_millis(1);

#[tokio::test(start_paused = true)]
async fn r_01_r_03_the_first_contact_is_answered_at_once_with_an_id() {
    let server = Server::new("roots-first");
    let start = Instant::now();
    let mut page = server.page();
    assert_eq!(page.ask().await, []);
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(page.token.starts_with("COMET-") && page.token.ends_with("-1/0"), "{}", page.token);
    assert_ne!(server.following(&[]).await.id(), page.id());
}

#[tokio::test(start_paused = true)]
async fn r_03_what_comes_within_the_window_comes_together_and_the_rest_with_the_next_poll() {
    let server = Server::new("roots-bundle");
    let mut page = server.following(&["a"]).await;
    let start = Instant::now();
    let publisher = server.clone();
    tokio::spawn(async move {
        for (at, message) in [(1000, "1"), (1100, "2"), (1600, "3")] {
            sleep(at * MS - start.elapsed()).await;
            publisher.publish("a", message);
        }
    });
    assert_eq!(page.ask().await, [said("a", "1"), said("a", "2")]);
    assert_eq!(start.elapsed(), 1250 * MS);
    assert_eq!(page.ask().await, [said("a", "3")]);
    assert_eq!(start.elapsed(), 1850 * MS);
    // What is there when a poll comes is not waited with.
    server.publish("a", "4");
    let start = Instant::now();
    assert_eq!(page.ask().await, [said("a", "4")]);
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn r_03_nothing_within_the_time_is_an_empty_reply_and_the_token_stays() {
    let server = Server::new("roots-hold");
    let mut page = server.following(&["a"]).await;
    let (start, token) = (Instant::now(), page.token.clone());
    assert_eq!(page.ask().await, []);
    assert_eq!(start.elapsed().as_secs(), 30);
    assert_eq!(page.token, token);
    // The window is waited for, whatever is left of the time.
    let publisher = server.clone();
    tokio::spawn(async move {
        sleep(29_900 * MS).await;
        publisher.publish("a", "late");
    });
    let start = Instant::now();
    assert_eq!(page.ask().await, [said("a", "late")]);
    assert!((30_150..30_160).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn r_03_all_times_can_be_set_and_the_window_may_be_none() {
    let server = Server::with("roots-set", |roots| {
        roots
            .hold(2 * Duration::from_secs(1))
            .bundle(Duration::ZERO)
            .expiry(5000 * MS)
            .server("HOGWARTS")
    });
    let mut page = server.following(&["a"]).await;
    assert!(page.token.starts_with("HOGWARTS-"), "{}", page.token);
    let start = Instant::now();
    assert_eq!(page.ask().await, []);
    assert_eq!(start.elapsed().as_secs(), 2);
    let publisher = server.clone();
    tokio::spawn(async move {
        sleep(700 * MS).await;
        publisher.publish("a", "now");
    });
    let start = Instant::now();
    assert_eq!(page.ask().await, [said("a", "now")]);
    assert!(start.elapsed() < 710 * MS, "{:?}", start.elapsed());
    let id = page.id().to_owned();
    advance(4999 * MS).await;
    server.publish("a", "there");
    assert_eq!(page.ask().await, [said("a", "there")]);
    advance(5000 * MS).await;
    page.ask().await;
    assert_ne!(page.id(), id);
}

#[tokio::test(start_paused = true)]
async fn r_04_r_14_a_session_without_polls_is_gone_after_its_time_and_its_client_begins_anew() {
    let server = Server::new("roots-expiry");
    let mut page = server.following(&["a"]).await;
    let id = page.id().to_owned();
    assert_eq!((server.node("a").count(), server.firenze.0.count()), (1, 1));
    advance(30_000 * MS).await;
    server.publish("a", "unheard");
    let start = Instant::now();
    assert_eq!(page.ask().await, []);
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_ne!(page.id(), id);
    assert!(server.firenze.connect(&id, ["rooms/a"]).await.is_err());
    // The one that is over is collected without anybody's doing, and then the other one.
    sleep(2000 * MS).await;
    assert_eq!((server.node("a").count(), server.firenze.0.count()), (0, 1));
    sleep(30_000 * MS).await;
    assert_eq!(server.firenze.0.count(), 0);
    // And those that come after an empty time.
    server.following(&["a"]).await;
    sleep(32_000 * MS).await;
    assert_eq!((server.node("a").count(), server.firenze.0.count()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn r_04_a_session_of_another_server_is_a_new_one() {
    let server = Server::new("roots-unknown");
    for token in ["undefined", "DOLORES-SERVER-xbnZ0123456789abcdefABCDEF012345-12/3"] {
        let mut page = server.page();
        page.token = token.to_owned();
        assert_eq!(page.ask().await, [], "{token}");
        assert!(page.token.starts_with("COMET-") && page.token.ends_with("/0"), "{}", page.token);
    }
}

#[tokio::test(start_paused = true)]
async fn r_15_a_second_poll_ends_the_first_and_takes_its_place() {
    let server = Server::new("roots-second");
    let page = server.following(&["a"]).await;
    let first = tokio::spawn({
        let page = page.clone();
        async move { page.poll().await }
    });
    sleep(5000 * MS).await;
    let start = Instant::now();
    let second = tokio::spawn({
        let page = page.clone();
        async move { page.poll().await }
    });
    assert_eq!(first.await.unwrap(), (page.token.clone(), Vec::new()));
    assert_eq!(start.elapsed(), Duration::ZERO);
    server.publish("a", "for the second");
    assert_eq!(second.await.unwrap().1, [said("a", "for the second")]);
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_answers_polls_with_what_there_is() {
    let server = Server::new("roots-drain");
    let page = server.following(&["a"]).await;
    let drain = server.app.drain.clone();
    tokio::spawn(async move {
        sleep(100 * MS).await;
        drain.begin();
    });
    let start = Instant::now();
    assert_eq!(page.poll().await, (page.token.clone(), Vec::new()));
    assert!(start.elapsed() < 110 * MS);
}
