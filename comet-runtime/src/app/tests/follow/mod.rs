//! `GET {mount}/comet/events`, asked as clients ask.

mod access;
mod authority;
mod bytes;
mod connection;
mod guards;
mod images;
mod names;
mod parse;
mod polls;
mod presence;
mod recycling;
mod refusals;
mod repeated;
mod sim;
mod streams;
mod together;

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::{Tested, plan, text};
use crate::channel::tests::{declaration, leak, publish, publish_numbers};
use crate::channel::{Declaration, Node, hub};
use crate::config::Config;

/// An app with channels and nothing else.
pub(super) fn channels(channels: impl IntoIterator<Item = &'static Declaration>) -> Tested {
    let mut plan = plan([]);
    plan.channels = channels.into_iter().collect();
    Tested::with(plan, Config::default())
}

/// The channel of that name.
pub(super) fn node(name: &str, declaration: &'static Declaration) -> Arc<Node> {
    hub().node(name, declaration)
}

/// An app with the public channels `a` and `b` of a group, and the two.
pub(super) fn two(group: &'static str) -> (Tested, Arc<Node>, Arc<Node>) {
    let [a, b] = ["a", "b"].map(|pattern| leak(declaration(group, pattern)));
    (channels([a, b]), node("a", a), node("b", b))
}

/// A position in a channel.
pub(super) fn at(node: &Node, offset: u64) -> String {
    format!("{}.{offset}", node.log.epoch())
}

/// A long poll's reply.
async fn polled(app: &Tested, query: &str) -> Value {
    let response = app.get(&format!("/comet/events?transport=longpoll&{query}")).await;
    assert_eq!(response.status(), StatusCode::OK, "{query}");
    serde_json::from_str(&text(response).await).unwrap()
}
