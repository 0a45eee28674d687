#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bounds;
mod conflate;
mod directory;
mod every;
mod follow;
mod names;
mod node;
mod position;
mod recheck;
mod subscription;
mod suspend;

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;

use crate::channel::{
    Declaration, Delivery, Follow, From, Line, Node, OnGap, Slow, Who, guard, hub, open,
};
use crate::log::{EventName, Gap};
use crate::registry::{Access, Location};

/// A public channel that keeps eight entries. Tests have a group each, so that they share no channels.
pub(crate) const fn declaration(group: &'static str, pattern: &'static str) -> Declaration {
    Declaration {
        pattern,
        payload: "Event",
        media: None,
        history: Some(8),
        max_age: None,
        on_gap: OnGap::Snapshot,
        slow: Slow::Gap,
        presence: None,
        group,
        access: Access::Public,
        module: "tests",
        at: Location { file: "src/lib.rs", line: 1, column: 1 },
        types: crate::typescript::undescribed,
        guard: |_| guard(async { open() }),
    }
}

/// A request of a user, or of a stranger.
fn who(user: Option<&str>) -> Who {
    Who::asking(user, None, false)
}

/// As the linker would keep it.
pub(crate) fn leak(declaration: Declaration) -> &'static Declaration {
    Box::leak(Box::new(declaration))
}

fn channel(group: &'static str, pattern: &'static str) -> Arc<Node> {
    hub().node(pattern, leak(declaration(group, pattern)))
}

pub(crate) fn publish(node: &Node, json: &str) -> u64 {
    node.log.append(EventName::MESSAGE, Bytes::copy_from_slice(json.as_bytes())).unwrap()
}

pub(crate) fn publish_numbers(node: &Node, numbers: RangeInclusive<u64>) {
    for number in numbers {
        publish(node, &number.to_string());
    }
}

/// Follows channels for nobody in particular, each from where it says.
fn follow<const N: usize>(lines: [(&Arc<Node>, From); N]) -> Follow {
    Follow::new(lines.map(|(node, from)| Line::new(Arc::clone(node), &Who::default(), from)).into())
}

/// What a follower gets next, in short; `None` when there is nothing now.
fn next(follow: &mut Follow) -> Option<String> {
    match follow.poll_next(&mut Context::from_waker(Waker::noop())) {
        Poll::Pending => None,
        Poll::Ready(None) => Some("end".to_owned()),
        Poll::Ready(Some(Delivery::Entries(index, entries))) => {
            let texts = entries.iter().map(|entry| str::from_utf8(&entry.payload).unwrap());
            Some(format!("{index}: {}", texts.collect::<Vec<_>>().join(" ")))
        }
        Poll::Ready(Some(Delivery::Gap(index, Gap { from, to, reason }))) => {
            Some(format!("{index}: gap {from}..{to} {reason}"))
        }
        Poll::Ready(Some(Delivery::Ended(index, cause))) => {
            Some(format!("{index}: {}", cause.as_str()))
        }
    }
}
