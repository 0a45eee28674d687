//! The channels of this process, by name.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use super::{Declaration, Node};

/// All channels that are followed, published to, or have history. One a process, so that publishing works from anywhere.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    nodes: Mutex<Nodes>,
}

#[derive(Debug, Default)]
struct Nodes {
    by_name: HashMap<Box<str>, Arc<Node>>,
    /// How many there may be before those that nobody needs are swept out.
    sweep_at: usize,
}

/// Fewer than this are never swept.
const FEW: usize = 1024;

static HUB: LazyLock<Hub> = LazyLock::new(Hub::default);

/// The process's hub.
pub(crate) fn hub() -> &'static Hub {
    &HUB
}

impl Hub {
    fn nodes(&self) -> MutexGuard<'_, Nodes> {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The channel of that name, made at its first use.
    pub(crate) fn node(&self, name: &str, declaration: &'static Declaration) -> Arc<Node> {
        let mut nodes = self.nodes();
        if let Some(node) = nodes.by_name.get(name) {
            return Arc::clone(node);
        }
        if nodes.by_name.len() >= nodes.sweep_at.max(FEW) {
            nodes.by_name.retain(|_, node| Arc::strong_count(node) > 1 || node.has_history());
            nodes.sweep_at = nodes.by_name.len() * 2;
        }
        let node = Node::new(name, declaration);
        nodes.by_name.insert(name.into(), Arc::clone(&node));
        node
    }

    /// Closes a channel: its readers end, and the next use of its name makes a new one.
    pub(super) fn close(&self, node: &Arc<Node>) {
        let mut nodes = self.nodes();
        if nodes.by_name.get(&node.name).is_some_and(|held| Arc::ptr_eq(held, node)) {
            nodes.by_name.remove(&node.name);
        }
        drop(nodes);
        node.log.close();
    }
}
