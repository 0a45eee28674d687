//! The channels of this process, by name.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::conflate::key_in;
use super::{Declaration, Every, Named, Node};
use crate::log::{Draft, EventName};

/// All channels that are followed, published to, or have history. One a process, so that publishing works from anywhere.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    nodes: Mutex<Nodes>,
}

#[derive(Debug, Default)]
struct Nodes {
    by_name: HashMap<Key, Arc<Node>>,
    /// All channels of a declaration, by its group and pattern.
    every: HashMap<(&'static str, &'static str), Arc<Every>>,
    /// How many there may be before those that nobody needs are swept out.
    sweep_at: usize,
}

/// A channel's group and name: groups have nothing to do with each other.
type Key = (&'static str, Arc<str>);

/// Fewer than this are never swept.
const FEW: usize = 1024;

/// How long a channel stays that nobody needs: a page may be on its way to a browser, and a poll between two requests.
const GRACE: Duration = Duration::from_secs(60);

/// With more than this, those that nobody needs go at once, so that a flood of names has a bound.
const MANY: usize = 256 * 1024;

static HUB: LazyLock<Hub> = LazyLock::new(Hub::default);

/// The process's hub.
pub(crate) fn hub() -> &'static Hub {
    &HUB
}

impl Nodes {
    /// Sweeps out what nobody needs, once there are twice as many as after the last time.
    fn sweep(&mut self) {
        let many = self.by_name.len();
        if many < self.sweep_at.max(FEW) {
            return;
        }
        let (now, grace) = (Instant::now(), if many < MANY { GRACE } else { Duration::ZERO });
        let is_needed = |node: &Arc<Node>| {
            Arc::strong_count(node) > 1 || node.has_history() || node.used() + grace > now
        };
        self.by_name.retain(|_, node| is_needed(node));
        self.sweep_at = self.by_name.len() * 2;
    }
}

impl Hub {
    fn nodes(&self) -> MutexGuard<'_, Nodes> {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The channel of that name, made at its first use.
    pub(crate) fn node(&self, name: &str, declaration: &'static Declaration) -> Arc<Node> {
        let mut nodes = self.nodes();
        let key = (declaration.group, Arc::from(name));
        if let Some(node) = nodes.by_name.get(&key) {
            node.touch();
            return Arc::clone(node);
        }
        nodes.sweep();
        let every = nodes.every(declaration);
        let node = Node::new(name, declaration, every);
        nodes.by_name.insert(key, Arc::clone(&node));
        node
    }

    /// All channels of a declaration, those that come later among them.
    pub(crate) fn every(&self, declaration: &'static Declaration) -> Arc<Node> {
        let every = self.nodes().every(declaration);
        every.node(declaration)
    }

    /// The channel of that name, if there is one.
    pub(crate) fn existing(&self, named: &Named) -> Option<Arc<Node>> {
        let key = (named.declaration.group, Arc::from(&*named.name));
        self.nodes().by_name.get(&key).map(Arc::clone)
    }

    /// Appends to the channel of that name as it is now and hands back the offset.
    pub(crate) fn append(&self, named: &Named, event: &EventName, payload: &Bytes) -> u64 {
        let mut draft = Draft::new(event.clone(), payload.clone());
        draft.key = key_in(named.declaration, payload);
        loop {
            let node = self.node(&named.name, named.declaration);
            // Nothing is taken by a channel that was closed meanwhile; its name then has a new one.
            if let Some(offsets) = node.publish(vec![draft.clone()]) {
                return offsets.start;
            }
        }
    }

    /// Closes a channel: its readers end, and the next use of its name makes a new one.
    pub(crate) fn close(&self, node: &Arc<Node>) {
        let mut nodes = self.nodes();
        let key = (node.declaration.group, Arc::clone(&node.name));
        if nodes.by_name.get(&key).is_some_and(|held| Arc::ptr_eq(held, node)) {
            nodes.by_name.remove(&key);
        }
        drop(nodes);
        node.close();
    }
}

impl Nodes {
    fn every(&mut self, declaration: &Declaration) -> Arc<Every> {
        let key = (declaration.group, declaration.pattern);
        Arc::clone(self.every.entry(key).or_default())
    }
}
