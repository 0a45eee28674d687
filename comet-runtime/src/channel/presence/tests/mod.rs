//! The list against a plain model, under threads, and at its limit.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod limit;
mod model;
mod threads;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use serde_json::Value;

use super::Attendance;
use crate::channel::tests::{declaration, leak};
use crate::channel::{Declaration, Delivery, Follow, From, Line, Node, Who};

const STAY: Duration = Duration::from_secs(15);

/// A channel that keeps all that these tests do to it. It is in no hub.
fn channel() -> Arc<Node> {
    let presence = Some(STAY);
    let declaration = leak(Declaration { presence, ..declaration("presence", "room") });
    Node::new("room", declaration, Arc::default())
}

/// What somebody knows who was shown a list and gets what the log says after it.
struct Watcher {
    follow: Follow,
    members: BTreeSet<String>,
    count: u64,
}

impl Watcher {
    fn new(node: &Arc<Node>, who: &Who) -> Self {
        let mut follow = Follow::new(vec![Line::new(Arc::clone(node), who, From::Now)]);
        let shown = follow.attendances().remove("room").unwrap();
        let Attendance { members, count, .. } = &shown;
        let members = members.iter().map(|member| member.id.to_string()).collect();
        Self { follow, members, count: *count as u64 }
    }

    /// Takes in what is new; every change has to be one of what is known, and to have its count.
    fn read(&mut self) {
        while let Poll::Ready(Some(delivery)) =
            self.follow.poll_next(&mut Context::from_waker(Waker::noop()))
        {
            let Delivery::Entries(_, entries) = delivery else { panic!("{delivery:?}") };
            for entry in entries {
                let change: Value = serde_json::from_slice(&entry.payload).unwrap();
                let member = change["member"].as_str().unwrap().to_owned();
                match entry.event.as_str() {
                    "join" => assert!(self.members.insert(member), "joined twice: {change}"),
                    "leave" => assert!(self.members.remove(&member), "left twice: {change}"),
                    other => panic!("{other}"),
                }
                self.count = change["count"].as_u64().unwrap();
                assert_eq!(self.count, self.members.len() as u64, "{change}");
            }
        }
    }

    fn assert_knows(&self, node: &Node) {
        let there = node.present().unwrap().members;
        let there: BTreeSet<String> = there.iter().map(|member| member.id.to_string()).collect();
        assert_eq!(self.members, there);
    }
}
