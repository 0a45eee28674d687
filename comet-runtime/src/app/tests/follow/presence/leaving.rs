//! When somebody counts as gone.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

use super::*;
use crate::registry::Access;

#[tokio::test(start_paused = true)]
async fn who_comes_back_in_time_was_never_gone() {
    let room = room("presence-back");
    let own = format!("&client={ONE}");
    for user in ["", "ann"] {
        let before = room.told().len();
        for _ in 0..3 {
            drop(room.stream(user, &own).await);
            sleep(STAY - Duration::from_millis(1)).await;
        }
        assert_eq!(room.told().len(), before + 1, "{user}: {:?}", room.told());
        sleep(Duration::from_millis(2)).await;
        assert_eq!(room.told().len(), before + 2, "gone without anybody looking");
    }
    assert_eq!(room.told(), ["join - 1", "leave - 0", "join ann 1", "leave ann 0"]);
}

#[tokio::test(start_paused = true)]
async fn between_two_polls_one_is_there_and_after_a_longer_pause_one_learns_of_it() {
    let room = room("presence-polls");
    let own = format!("&client={ONE}&timeout=40000");
    let mut reply = room.poll("", &own).await;
    for pause in [0, 1, 14] {
        sleep(Duration::from_secs(pause)).await;
        let cursor = reply["cursor"].as_str().unwrap().to_owned();
        // Held for longer than a stay: the poll itself is being there.
        reply = room.poll("", &format!("{own}&cursor={cursor}")).await;
        assert_eq!(events(&reply), [""; 0]);
    }
    assert_eq!(room.told(), ["join - 1"]);
    sleep(STAY).await;
    let cursor = reply["cursor"].as_str().unwrap().to_owned();
    reply = room.poll("", &format!("{own}&cursor={cursor}")).await;
    assert_eq!(events(&reply), ["leave - 0", "join - 1"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_and_a_poll_hand_over() {
    let room = room("presence-hand-over");
    let stream = room.stream("ann", "").await;
    sleep(STAY * 3).await;
    drop(stream);
    sleep(STAY / 2).await;
    room.poll("ann", "").await;
    sleep(STAY / 2 + STAY / 4).await;
    let _stream = room.stream("ann", "").await;
    sleep(STAY * 3).await;
    assert_eq!(room.told(), ["join ann 1"]);
}

#[tokio::test(start_paused = true)]
async fn who_is_revoked_is_gone_at_once_with_all_connections() {
    let room = room("presence-revoked");
    let _bob = room.stream("bob", "").await;
    let streams = [room.stream("ann", "").await, room.stream("ann", "").await];
    room.poll("ann", "").await;
    assert_eq!(room.node.revoke("ann"), 2);
    assert_eq!(room.told(), ["join bob 1", "join ann 2", "leave ann 1"]);
    drop(streams);
    // Between two polls there is no connection to cut.
    room.poll("ann", "").await;
    assert_eq!(room.node.revoke("ann"), 0);
    sleep(STAY * 2).await;
    assert_eq!(room.told()[3..], ["join ann 2", "leave ann 1"]);
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_when_asked_again_is_gone_at_once() {
    let group = "presence-refused";
    let brief = leak(Declaration {
        presence: Some(STAY),
        access: Access::User,
        guard: |call| {
            guard(async move {
                let lets = call.parts.headers.contains_key("x-user") && LETS.load(SeqCst);
                lets.then_some(Verdict::lasting(Duration::from_secs(5))).ok_or_else(forbidden)
            })
        },
        ..declaration(group, "brief")
    });
    let room = room_of(brief, leak(declaration(group, "other")));
    let mut stream = room.ask("transport=ndjson&channel=brief&channel=other", "ann").await;
    messages(&mut stream).await;
    LETS.store(false, SeqCst);
    assert_eq!(messages(&mut stream).await[0]["data"]["reason"], "revoked");
    assert_eq!(room.told(), ["join ann 1", "leave ann 0"], "though the stream goes on");
    assert_eq!(room.node.count(), 0);
}

static LETS: AtomicBool = AtomicBool::new(true);

#[tokio::test(start_paused = true)]
async fn nobody_is_at_a_closed_channel() {
    let room = room("presence-closed");
    let stream = room.stream("ann", "").await;
    hub().close(&room.node);
    assert_eq!(room.node.present().unwrap().count(), 0);
    drop(stream);
    let late = room.node.sit(&Who::asking(Some("bob"), None, false));
    assert_eq!(room.node.present().unwrap().count(), 0, "nobody comes any more");
    drop(late);
    sleep(STAY * 2).await;
    let _again = room.stream("ann", "").await;
    let new = hub().node("room", room.node.declaration);
    assert!(new.present().unwrap().has_user("ann"), "the next one is a new channel");
}
