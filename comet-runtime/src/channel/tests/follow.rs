use std::sync::Arc;

use super::{channel, declaration, follow, leak, next, publish, publish_numbers, who};
use crate::channel::{Declaration, Follow, From, Line, Slow, hub};
use crate::log::Epoch;

/// The offsets of a follower's position.
fn offsets(follow: &Follow) -> Vec<u64> {
    let text = follow.positions().to_string();
    text.split('~').map(|part| part.split_once('.').unwrap().1.parse().unwrap()).collect()
}

#[test]
fn a_busy_channel_does_not_starve_the_others() {
    let nodes = ["a", "b", "c"].map(|name| channel("follow-fair", name));
    let [a, b, c] = &nodes;
    let mut all = follow([(a, From::Now), (b, From::Now), (c, From::Now)]);
    nodes.iter().for_each(|node| publish_numbers(node, 0..=0));
    let mut turns = Vec::new();
    for _ in 0..6 {
        publish(a, "1");
        turns.extend(next(&mut all).and_then(|delivery| delivery.chars().next()));
    }
    assert_eq!(turns.iter().collect::<String>(), "012000");
}

#[test]
fn a_reader_begins_where_it_says() {
    let node = channel("follow-from", "a");
    publish_numbers(&node, 1..=10);
    for (from, first) in [
        (From::Now, None),
        (From::After(10), None),
        (From::After(8), Some("0: 9 10")),
        (From::After(2), Some("0: 3 4 5 6 7 8 9 10")),
        (From::After(99), None),
        (From::After(u64::MAX), None),
        (From::Last(1), Some("0: 10")),
        (From::Last(99), Some("0: 3 4 5 6 7 8 9 10")),
        (From::Last(usize::MAX), Some("0: 3 4 5 6 7 8 9 10")),
        (From::After(0), Some("0: gap 1..3 trimmed")),
        (From::Elsewhere, Some("0: gap 0..3 epoch")),
    ] {
        assert_eq!(next(&mut follow([(&node, from)])).as_deref(), first, "{from:?}");
    }
}

#[test]
fn the_last_entries_of_an_empty_channel_are_none() {
    let node = channel("follow-empty", "a");
    for from in [From::Last(5), From::After(0), From::Now] {
        assert_eq!(next(&mut follow([(&node, from)])), None, "{from:?}");
    }
    let mut lost = follow([(&node, From::Elsewhere)]);
    assert_eq!(next(&mut lost).unwrap(), "0: gap 0..1 epoch");
    assert_eq!(next(&mut lost), None);
}

#[tokio::test(start_paused = true)]
async fn history_is_not_asked_for_what_is_too_old() {
    let max_age = Some(std::time::Duration::from_secs(5));
    let aged = leak(Declaration { max_age, ..declaration("follow-aged", "a") });
    let node = hub().node("a", aged);
    publish(&node, "1");
    publish(&node, "2");
    tokio::time::advance(std::time::Duration::from_secs(6)).await;
    let mut late = follow([(&node, From::Last(9))]);
    assert_eq!(next(&mut late).unwrap(), "0: 2", "no gap for who comes for the first time");
}

#[test]
fn positions_move_with_what_is_handed_out_and_with_gaps() {
    let (a, b) = (channel("follow-positions", "a"), channel("follow-positions", "b"));
    let mut both = follow([(&a, From::Now), (&b, From::Now)]);
    publish_numbers(&b, 1..=10);
    assert_eq!(next(&mut both).unwrap(), "1: gap 1..3 trimmed");
    assert_eq!(offsets(&both), [0, 2]);
    both.position_at(1, 3);
    assert_eq!(offsets(&both), [0, 3]);
    assert_eq!(both.names().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_lost_position_stays_lost_until_the_reader_has_heard_of_it() {
    let node = channel("follow-lost", "a");
    publish(&node, "1");
    let mut lost = follow([(&node, From::Elsewhere)]);
    assert_eq!(lost.positions().in_log(node.log.epoch()), None);
    assert!(lost.positions().has_other_than(&[node.log.epoch()].into_iter()));
    assert_eq!(next(&mut lost).unwrap(), "0: gap 0..1 epoch");
    assert_eq!(lost.positions().in_log(node.log.epoch()), Some(0));
    assert_eq!(lost.positions().in_log(Epoch::NONE), None);
}

#[test]
fn a_closed_channel_ends_after_what_was_in_it_and_the_others_go_on() {
    let (a, b) = (channel("follow-closed", "a"), channel("follow-closed", "b"));
    let mut both = follow([(&a, From::Now), (&b, From::Now)]);
    publish(&a, "1");
    hub().close(&a);
    assert_eq!(next(&mut both).unwrap(), "0: 1");
    assert_eq!(next(&mut both).unwrap(), "0: closed");
    assert_eq!(next(&mut both), None);
    assert!(!both.is_over());
    publish(&b, "2");
    assert_eq!(next(&mut both).unwrap(), "1: 2");
    hub().close(&b);
    assert_eq!(next(&mut both).unwrap(), "1: closed");
    assert_eq!(next(&mut both).unwrap(), "end");
    assert!(both.is_over());
}

#[test]
fn a_reader_too_slow_for_a_cutting_channel_is_cut_and_gets_on_when_it_comes_back() {
    let cutting = leak(Declaration { slow: Slow::Cut, ..declaration("follow-slow", "a") });
    let (node, other) = (hub().node("a", cutting), channel("follow-slow", "b"));
    let mut slow = follow([(&node, From::Now), (&other, From::Now)]);
    assert_eq!(next(&mut slow), None);
    publish_numbers(&node, 1..=9);
    publish(&other, "1");
    assert_eq!(next(&mut slow).unwrap(), "0: slow");
    assert_eq!(next(&mut slow).unwrap(), "end", "the whole stream: it has to come back");
    assert!(!slow.is_over(), "there is something to come back for");
    let mut back = follow([(&node, From::After(offsets(&slow)[0]))]);
    assert_eq!(next(&mut back).unwrap(), "0: gap 1..2 trimmed", "not cut again for what is gone");
    assert_eq!(next(&mut back).unwrap(), "0: 2 3 4 5 6 7 8 9");
}

#[test]
fn a_follower_keeps_its_seats_until_it_is_dropped() {
    let node = channel("follow-seats", "a");
    let reader = Follow::new(vec![Line::new(Arc::clone(&node), &who(Some("ann")), From::Now)]);
    assert_eq!(node.count(), 1);
    drop(reader);
    assert_eq!(node.count(), 0);
}
