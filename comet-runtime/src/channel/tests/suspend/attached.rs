//! One suspended handler at several channels.

use super::{TERMINATED, note, room, running, settle};
use crate::channel::{Expiration, HandlerId, Terminate, suspend};

#[tokio::test]
async fn g_12_a_suspended_handler_is_attached_to_other_channels_and_gets_each_event_once() {
    let (own, other) = (room("own-wall"), room("other-wall"));
    let handler = running(&own, "reader").await;
    let id = handler.told.id();
    other.publish(&note("before")).await.unwrap();
    assert!(other.attach(id) && other.attach(id), "twice is once");
    assert_eq!((other.handlers(), other.count()), (vec![id], 1));
    assert_eq!(other.notify(&note("other")).await.unwrap(), 1);
    settle().await;
    assert_eq!(own.notify_one(id, &note("own")).await.unwrap(), 1);
    settle().await;
    assert_eq!(other.notify_kind("reader", &note("kind")).await.unwrap(), 1);
    assert_eq!(other.notify_others(id, &note("not me")).await.unwrap(), 0);
    settle().await;
    assert_eq!(handler.told(), ["other", "own", "kind"]);
    own.close();
    settle().await;
    assert_eq!(other.notify(&note("still there")).await.unwrap(), 1);
    other.close();
    let (told, end) = handler.end().await;
    assert_eq!(told[3..], ["still there", "terminate Closed"]);
    assert_eq!(end, TERMINATED(Terminate::Closed));
    assert!(!room("third").attach(id), "it has ended");
    assert_eq!(room("third").count(), 0);
}

#[tokio::test]
async fn g_12_a_detached_handler_is_told_nothing_and_may_come_back() {
    let (one, two) = (room("detached-1"), room("detached-2"));
    let handler = running(&one, "").await;
    let id = handler.told.id();
    assert!(two.attach(id) && two.detach(id) && !two.detach(id));
    assert_eq!(two.notify(&note("nobody")).await.unwrap(), 0);
    // Away and back before it has noticed either.
    assert!(one.detach(id) && one.attach(id));
    assert_eq!(one.notify(&note("once")).await.unwrap(), 1);
    settle().await;
    assert!(one.detach(id));
    settle().await;
    assert_eq!((one.count(), two.count()), (0, 0));
    assert!(id.is_suspended(), "at no channel, until something ends it");
    assert!(two.attach(id));
    two.notify(&note("resume")).await.unwrap();
    let (told, _) = handler.end().await;
    assert_eq!(told, ["once", "resume", "terminate Resumed"]);
}

#[tokio::test]
async fn g_12_several_channels_are_one_subscription_from_the_start() {
    let (one, two) = (room("both-1"), room("both-2"));
    one.publish(&note("a")).await.unwrap();
    let seen = one.cursor();
    one.publish(&note("b")).await.unwrap();
    let both = one.subscribe().after(Some(seen)).and(&two);
    two.publish(&note("c")).await.unwrap();
    one.publish(&note("resume")).await.unwrap();
    let mut handler = super::Obedient::default();
    suspend(&mut handler, both, Expiration::Never).await.unwrap();
    let mut told = handler.told.all().split_off(1);
    assert_eq!(told.pop().as_deref(), Some("terminate Resumed"));
    let of_one: Vec<_> = told.iter().filter(|text| *text != "c").collect();
    assert_eq!(of_one, ["b", "resume"]);
    assert!(!one.attach(HandlerId(u64::MAX)));
}

#[tokio::test]
async fn what_one_of_several_channels_has_lost_is_told_with_its_own_next_event() {
    let (one, two) = (room("lost-1"), room("lost-2"));
    let mut both = one.subscribe().and(&two);
    for n in 0..100 {
        two.publish(&note(&n.to_string())).await.unwrap();
    }
    one.publish(&note("whole")).await.unwrap();
    let (mut missed, mut left) = (Vec::new(), 2);
    while left > 0 {
        let event = both.next().await.unwrap();
        left -= usize::from(["whole", "99"].contains(&&*event.value().unwrap().0));
        missed.extend(event.missed.then(|| event.channel().to_owned()));
    }
    assert_eq!(missed, ["notes/lost-2"]);
}
