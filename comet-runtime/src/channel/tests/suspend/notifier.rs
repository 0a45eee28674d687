//! What stands between a channel and its suspended handlers.

use std::time::Duration;

use tokio::time::{Instant, advance};

use super::{note, room, running, settle};
use crate::error::Error;

#[tokio::test(start_paused = true)]
async fn g_08_a_notifier_filters_and_transforms_for_each_handler() {
    let room = room("notified");
    let (plain, loud) = (running(&room, "").await, running(&room, "loud").await);
    let mut browser = room.subscribe();
    room.set_notifier(|event, to| async move {
        let text = event.value()?.0;
        Ok(match (to.kind, &*text) {
            (_, "secret") => None,
            ("loud", _) => Some(event.with(&note(&text.to_uppercase()))?),
            _ => Some(event),
        })
    });
    for text in ["a", "secret", "b"] {
        assert_eq!(room.notify(&note(text)).await.unwrap(), 2);
    }
    settle().await;
    assert!(room.remove_notifier() && !room.remove_notifier());
    room.notify(&note("resume")).await.unwrap();
    assert_eq!(plain.end().await.0, ["a", "b", "resume", "terminate Resumed"]);
    assert_eq!(loud.end().await.0, ["A", "B", "resume", "terminate Resumed"]);
    for text in ["a", "secret", "b", "resume"] {
        assert_eq!(browser.next().await.unwrap().value().unwrap(), note(text));
    }
}

#[tokio::test(start_paused = true)]
async fn g_08_a_notifier_throttles_without_loss_and_one_handler_does_not_wait_for_another() {
    let room = room("throttled");
    room.set_notifier(|event, to| async move {
        if to.kind == "slow" {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        Ok(Some(event))
    });
    let (slow, fast) = (running(&room, "slow").await, running(&room, "").await);
    let since = Instant::now();
    for text in ["a", "b", "resume"] {
        room.notify(&note(text)).await.unwrap();
    }
    settle().await;
    assert!(fast.task.is_finished() && slow.told().is_empty());
    assert_eq!(slow.end().await.0, ["a", "b", "resume", "terminate Resumed"]);
    assert_eq!(since.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn g_08_g_17_a_notifier_that_fails_or_panics_ends_the_handler_that_was_to_be_told() {
    let room = room("fails");
    room.set_notifier(|event, to| async move {
        match to.kind {
            "fails" => Err(Error::from(std::io::Error::other("as asked for"))),
            "panics" => panic!("as asked for"),
            _ => Ok(Some(event)),
        }
    });
    let (fails, panics) = (running(&room, "fails").await, running(&room, "panics").await);
    let sound = running(&room, "").await;
    room.notify(&note("resume")).await.unwrap();
    assert_eq!(fails.end().await.0, ["interrupt Failed"]);
    assert_eq!(panics.end().await.0, ["interrupt Panicked"]);
    assert_eq!(sound.end().await.0, ["resume", "terminate Resumed"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_notifier_keeps_back_does_not_put_an_idle_expiration_off() {
    let room = room("quiet");
    room.set_notifier(|_, _| async { Ok(None) });
    let ten = Duration::from_secs(10);
    let since = Instant::now();
    let how = super::Expiration::Idle(ten);
    let handler = super::running_in(&room, "", how, super::Stay::default()).await;
    advance(Duration::from_secs(6)).await;
    room.notify(&note("x")).await.unwrap();
    settle().await;
    assert_eq!(handler.end().await.0, ["interrupt Expired"]);
    assert_eq!(since.elapsed(), ten);
}
