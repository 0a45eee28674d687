//! `GET {mount}/comet/events`, asked as clients ask.

mod sim;

use std::sync::Arc;

use bytes::Bytes;

use super::{Tested, plan};
use crate::channel::{Declaration, Node, hub};
use crate::config::Config;
use crate::log::EventName;

/// An app with channels and nothing else.
fn channels(channels: impl IntoIterator<Item = &'static Declaration>) -> Tested {
    let mut plan = plan([]);
    plan.channels = channels.into_iter().collect();
    Tested::with(plan, Config::default())
}

/// The channel of that name.
fn node(name: &str, declaration: &'static Declaration) -> Arc<Node> {
    hub().node(name, declaration)
}

fn publish(node: &Node, json: &str) -> u64 {
    node.log.append(EventName::MESSAGE, Bytes::copy_from_slice(json.as_bytes())).unwrap()
}
