//! Replies that are lost.

use std::time::Duration;

use proptest::prelude::*;
use tokio::time::{advance, timeout};

use super::{Page, Server, said};

#[tokio::test(start_paused = true)]
async fn r_02_what_a_lost_reply_had_comes_again_and_once() {
    let server = Server::new("roots-lost");
    let mut page = server.following(&["a"]).await;
    server.publish("a", "1");
    let (after, lost) = page.poll().await;
    assert_eq!(lost, [said("a", "1")]);
    server.publish("a", "2");
    // Whoever counts only how many were sent last takes 2 for arrived as well.
    assert_eq!(page.ask().await, [said("a", "1"), said("a", "2")]);
    server.publish("a", "3");
    assert_eq!(page.ask().await, [said("a", "3")]);
    // A token from before brings nothing back, and takes nothing away.
    let mut old = Page { token: after, ..page.clone() };
    server.publish("a", "4");
    assert_eq!(old.ask().await, [said("a", "3"), said("a", "4")]);
    assert_eq!(page.poll().await.1, [said("a", "4")]);
}

#[tokio::test(start_paused = true)]
async fn r_02_a_client_that_leaves_while_something_is_bundled_gets_it_later() {
    let server = Server::new("roots-left");
    let mut page = server.following(&["a"]).await;
    server.publish("a", "0");
    page.ask().await;
    let held = page.clone();
    let publisher = server.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        publisher.publish("a", "1");
    });
    // It goes after the update has come and before the window is over.
    assert!(timeout(Duration::from_millis(100), held.poll()).await.is_err());
    assert_eq!(page.ask().await, [said("a", "1")]);
}

#[tokio::test(start_paused = true)]
async fn r_02_numbers_that_no_reply_had_change_nothing() {
    let server = Server::new("roots-numbers");
    let mut page = server.following(&["a"]).await;
    server.publish("a", "1");
    assert_eq!(page.poll().await.1, [said("a", "1")]);
    let id = page.id().to_owned();
    for seen in ["", "/", "/99999999999999999999999", "/18446744073709551615", "/x", "/-1", "/0"] {
        page.token = format!("{id}{seen}");
        assert_eq!(page.ask().await, [said("a", "1")], "{seen}");
        assert_eq!(page.token, format!("{id}/2"));
    }
    assert_eq!(Page { token: format!("{id}/1"), ..page }.ask().await, [said("a", "1")]);
}

#[derive(Clone, Debug)]
enum Step {
    Publish(u8),
    /// A poll whose reply arrives.
    Ask,
    /// A poll whose reply is lost, so that the client asks again as before.
    Lose,
    /// A poll that the client gives up before it is answered.
    Leave,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..2_u8).prop_map(Step::Publish),
        3 => Just(Step::Ask),
        3 => Just(Step::Lose),
        1 => Just(Step::Leave),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is lost on the way back, a client hears each update once and in order.
    #[test]
    fn r_02_every_update_arrives_once_and_in_order(
        steps in prop::collection::vec(step(), 1..40),
        number in any::<u64>(),
    ) {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_time().start_paused(true).build().unwrap().block_on(run(steps, number));
    }
}

async fn run(steps: Vec<Step>, number: u64) {
    let server = Server::with("roots-model", |roots| roots.hold(Duration::from_secs(1)));
    let rooms = [format!("{number}-a"), format!("{number}-b")];
    let mut page = server.following(&[&rooms[0], &rooms[1]]).await;
    let (mut published, mut heard) = ([0, 0], [0, 0]);
    let mut take = |updates: Vec<(String, String)>| {
        for (path, message) in updates {
            let room = usize::from(path == format!("rooms/{}", rooms[1]));
            heard[room] += 1;
            assert_eq!(message, heard[room].to_string(), "{path}");
        }
        heard
    };
    let mut unread = 0;
    for step in steps {
        match step {
            // As many as the channels keep: what is more is told as lost.
            Step::Publish(_) if unread == 10 => {}
            Step::Publish(room) => {
                let room = usize::from(room);
                published[room] += 1;
                unread += 1;
                server.publish(&rooms[room], &published[room].to_string());
            }
            Step::Ask => {
                take(page.ask().await);
                unread = 0;
            }
            Step::Lose => {
                page.poll().await;
                unread = 0;
            }
            Step::Leave => {
                let _ = timeout(Duration::ZERO, page.poll()).await;
                advance(Duration::from_millis(10)).await;
            }
        }
    }
    assert_eq!(take(page.ask().await), published);
}
