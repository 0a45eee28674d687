//! How many channels there are.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::advance;

use super::{declaration, leak, publish, who};
use crate::channel::hub::Hub;
use crate::channel::{Declaration, Node};
use crate::log::Epoch;

/// A channel that is published to and let go.
fn published(hub: &Hub, name: &str, declaration: &'static Declaration) -> Epoch {
    let node = hub.node(name, declaration);
    publish(&node, "1");
    node.log.epoch()
}

fn flood(hub: &Hub, declaration: &'static Declaration, names: std::ops::Range<usize>) {
    names.for_each(|name| drop(hub.node(&format!("flood/{name}"), declaration)));
}

#[tokio::test(start_paused = true)]
async fn what_is_older_than_its_age_is_no_history() {
    let hub = Hub::default();
    let max_age = Some(Duration::from_secs(90));
    let declared = leak(Declaration { max_age, ..declaration("hub-age", "{kind}/{x}") });
    let old = published(&hub, "a/old", declared);
    advance(Duration::from_secs(80)).await;
    let young = published(&hub, "a/young", declared);
    let is_there = |name, epoch| hub.node(name, declared).log.epoch() == epoch;
    advance(Duration::from_secs(61)).await;
    flood(&hub, declared, 0..1100);
    assert!(is_there("a/young", young), "it is kept for its age");
    assert!(!is_there("a/old", old), "its age is over");
}

#[tokio::test(start_paused = true)]
async fn strangers_who_come_and_go_leave_no_history_behind() {
    let hub = Hub::default();
    let presence = Some(Duration::from_secs(1));
    let declared = leak(Declaration { presence, ..declaration("hub-presence", "{kind}/{x}") });
    let node = hub.node("a/visited", declared);
    let epoch = node.log.epoch();
    drop(node.sit(&who(Some("ann"))));
    drop(node);
    tokio::time::sleep(Duration::from_secs(62)).await;
    flood(&hub, declared, 0..1100);
    let node = hub.node("a/visited", declared);
    assert_ne!(node.log.epoch(), epoch, "a join and a leave are nothing to come for");
}

/// A hub with room for 160 channels, a channel that is followed and one that keeps something.
fn full(declared: &'static Declaration) -> (Hub, Arc<Node>, Epoch) {
    let hub = Hub::default();
    hub.allow(160);
    let held = hub.node("a/held", declared);
    (hub, held, Epoch::NONE)
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_names_has_a_bound_and_takes_no_history_with_it() {
    let declared = leak(declaration("hub-flood", "{kind}/{x}"));
    let (hub, held, _) = full(declared);
    let kept = published(&hub, "a/kept", declared);
    for name in 0..2_000 {
        drop(hub.node(&format!("flood/{name}"), declared));
        assert!(hub.len() <= 160, "{} channels", hub.len());
    }
    assert!(Arc::ptr_eq(&held, &hub.node("a/held", declared)));
    assert_eq!(hub.node("a/kept", declared).log.epoch(), kept, "those that keep nothing go first");
}

#[tokio::test(start_paused = true)]
async fn of_channels_with_history_the_least_recently_used_are_closed() {
    let declared = leak(declaration("hub-oldest", "{kind}/{x}"));
    let (hub, held, _) = full(declared);
    let epochs: Vec<_> =
        (0..159).map(|name| published(&hub, &format!("a/{name}"), declared)).collect();
    advance(Duration::from_secs(1)).await;
    // Whoever is used again is not among the oldest any more.
    let used = hub.node("a/3", declared).log.epoch();
    advance(Duration::from_secs(1)).await;
    published(&hub, "b/new", declared);
    assert_eq!(hub.len(), 150, "room for some more");
    assert!(Arc::ptr_eq(&held, &hub.node("a/held", declared)), "who is followed is left alone");
    assert_eq!(used, epochs[3]);
    let is_there =
        |name: usize| hub.node(&format!("a/{name}"), declared).log.epoch() == epochs[name];
    assert!(is_there(3), "it was used");
    let closed = (0..159).filter(|name| *name != 3).filter(|name| !is_there(*name)).count();
    assert!(
        closed >= 11,
        "its readers see by the epoch that {closed} others are not what they were"
    );
}

#[tokio::test(start_paused = true)]
async fn where_all_are_in_use_none_is_closed() {
    let declared = leak(declaration("hub-held", "{kind}/{x}"));
    let (hub, ..) = full(declared);
    let held: Vec<_> = (0..500).map(|name| hub.node(&format!("a/{name}"), declared)).collect();
    for (name, node) in held.iter().enumerate() {
        assert!(Arc::ptr_eq(node, &hub.node(&format!("a/{name}"), declared)));
    }
}
