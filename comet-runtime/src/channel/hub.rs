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
    /// How many there may be, if an app has said so.
    most: Option<usize>,
}

/// A channel's group and name: groups have nothing to do with each other.
type Key = (&'static str, Arc<str>);

/// Fewer than this are never swept.
const FEW: usize = 1024;

/// Of as many channels as may be this part is closed at once, so that looking for them is rare.
const SHARE: usize = 16;

/// How long a channel stays that nobody needs: a page may be on its way to a browser, and a poll between two requests.
const GRACE: Duration = Duration::from_secs(60);

static HUB: LazyLock<Hub> = LazyLock::new(Hub::default);

/// The process's hub.
pub(crate) fn hub() -> &'static Hub {
    &HUB
}

impl Nodes {
    /// Sweeps out what nobody needs, once there are twice as many as after the last time, or as many as may be.
    fn sweep(&mut self) {
        let most = self.most.unwrap_or(usize::MAX);
        if self.by_name.len() < self.sweep_at.max(FEW.min(most)) {
            return;
        }
        let now = Instant::now();
        let is_needed =
            |node: &Arc<Node>| is_held(node) || node.has_history(now) || node.used() + GRACE > now;
        self.by_name.retain(|_, node| is_needed(node));
        if self.by_name.len() >= most {
            self.close_oldest(most, now);
        }
        let many = self.by_name.len();
        // Where all are in use, the next look comes with some more of them and not with each.
        self.sweep_at = many.saturating_mul(2).min(most).max(many + many / SHARE + 1);
    }

    /// Closes channels that nobody holds until there is room for some more: those without history first, of equals the
    /// ones that were not used for the longest time.
    fn close_oldest(&mut self, most: usize, now: Instant) {
        let free = self.by_name.iter().filter(|(_, node)| !is_held(node));
        let rank = |node: &Node| (node.has_history(now), node.used());
        let mut free: Vec<_> = free.map(|(key, node)| (rank(node), key.clone())).collect();
        let over = (self.by_name.len() - most + most / SHARE + 1).min(free.len());
        if (1..free.len()).contains(&over) {
            free.select_nth_unstable_by_key(over - 1, |(rank, _)| *rank);
        }
        let closed = free.into_iter().take(over).filter_map(|(_, key)| self.by_name.remove(&key));
        let closed = closed.map(|node| node.close()).count();
        tracing::warn!(
            max_channels = most,
            closed,
            left = self.by_name.len(),
            "there are as many channels as may be; those that were not used for the longest time are closed"
        );
    }
}

/// Whether somebody follows the channel, holds it, or keeps something beside it.
fn is_held(node: &Arc<Node>) -> bool {
    Arc::strong_count(node) > 1 || !node.attributes.is_empty()
}

impl Hub {
    fn nodes(&self) -> MutexGuard<'_, Nodes> {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets how many channels there may be: what the app says that allows the most.
    pub(crate) fn allow(&self, most: usize) {
        let mut nodes = self.nodes();
        let most = nodes.most.map_or(most, |held| held.max(most));
        nodes.most = Some(most);
        nodes.sweep_at = nodes.sweep_at.min(most);
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

    /// How often somebody's access to a channel of a declaration was revoked.
    pub(crate) fn revoked(&self, declaration: &'static Declaration) -> u64 {
        self.nodes().every(declaration).revoked()
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

    /// How many channels there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.nodes().by_name.len()
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
