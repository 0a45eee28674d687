use std::sync::Arc;

use super::{channel, next, publish, who};
use crate::channel::{Follow, From, Line};

#[test]
fn readers_are_counted_while_they_are_there() {
    let node = channel("node-count", "a");
    assert_eq!(node.count(), 0);
    let (one, two) = (node.sit(&who(None)), node.sit(&who(Some("ann"))));
    assert_eq!(node.count(), 2);
    drop(one);
    assert_eq!(node.count(), 1);
    drop(two);
    assert_eq!(node.count(), 0);
}

#[test]
fn revoking_cuts_all_readers_of_one_user_and_nobody_else() {
    let node = channel("node-revoke", "a");
    let reader = |user| Follow::new(vec![Line::new(Arc::clone(&node), &who(user), From::Now)]);
    let [mut ann, mut anns, mut bob, mut nobody] =
        [Some("ann"), Some("ann"), Some("bob"), None].map(reader);
    assert_eq!(node.revoke("ann"), 2);
    assert_eq!(node.revoke("ann"), 0, "they are gone");
    assert_eq!(node.count(), 2);
    publish(&node, "1");
    for cut in [&mut ann, &mut anns] {
        assert_eq!(next(cut).unwrap(), "0: revoked", "before anything that was published since");
        assert_eq!(next(cut).unwrap(), "end");
    }
    for left in [&mut bob, &mut nobody] {
        assert_eq!(next(left).unwrap(), "0: 1");
    }
    drop((ann, anns));
    assert_eq!(node.count(), 2, "leaving after the cut counts nobody out");
    assert_eq!(next(&mut reader(Some("ann"))), None, "who is let in again is not cut again");
}
