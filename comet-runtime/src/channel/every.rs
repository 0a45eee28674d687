//! All channels of a type as one log, for the program itself.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, Weak};

use super::{Declaration, Node};
use crate::log::{Cursor, Draft, Limits, Origin};

/// What the channels of one declaration have in common, as long as the program runs.
#[derive(Debug, Default)]
pub(crate) struct Every {
    /// The log that gets a copy of everything that is published on them, while somebody follows it.
    all: RwLock<Weak<Node>>,
    revoked: AtomicU64,
}

/// How many entries it keeps for a follower that is slow, unless the channels themselves keep more.
const KEPT: usize = 4096;

impl Every {
    /// Held over a publish, so that whoever follows afterwards misses nothing that is published afterwards.
    pub(super) fn publishing(&self) -> RwLockReadGuard<'_, Weak<Node>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often anybody was cut off from one of them. A channel that is closed and made anew has not forgotten it.
    pub(super) fn revoked(&self) -> u64 {
        self.revoked.load(Ordering::Acquire)
    }

    pub(super) fn note_revoked(&self) {
        self.revoked.fetch_add(1, Ordering::AcqRel);
    }

    /// The log as a channel, made for its first follower; it goes with the last one.
    pub(super) fn node(&self, declaration: &'static Declaration) -> Arc<Node> {
        let mut held = self.all.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(node) = held.upgrade() {
            return node;
        }
        let limits = declaration.limits();
        let limits = Limits { entries: limits.entries.max(KEPT), ..limits };
        let node = Arc::new(Node::limited(&name(declaration), declaration, limits));
        *held = Arc::downgrade(&node);
        node
    }
}

/// How messages call it. No client can: a name that it sends is never looked for here.
fn name(declaration: &Declaration) -> String {
    let segments = declaration.pattern.split('/');
    let starred = segments.map(|segment| if segment.starts_with('{') { "*" } else { segment });
    starred.collect::<Vec<_>>().join("/")
}

/// An entry of a channel as the log of all channels has it.
pub(super) fn copy(draft: Draft, channel: &Arc<str>, cursor: Cursor) -> Draft {
    // Equal keys of two channels have nothing to do with each other.
    let key = draft.key.map(|key| [channel.as_bytes(), b"\0", &key].concat().into());
    let origin = Some(Arc::new(Origin { channel: Arc::clone(channel), cursor }));
    Draft { key, origin, ..draft }
}
