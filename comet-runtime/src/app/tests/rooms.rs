//! Channels for tests.

use crate::channel::{Declaration, OnGap, Slow, guard, open};
use crate::registry::{Access, Location};

/// The channels `rooms/{room}`, ten entries each. Every test has a group of its own, so that no two share a channel.
pub(crate) fn rooms(group: &'static str, access: Access) -> &'static Declaration {
    Box::leak(Box::new(Declaration {
        pattern: "rooms/{room}",
        payload: "Said",
        media: None,
        history: Some(10),
        max_age: None,
        on_gap: OnGap::Replay,
        slow: Slow::Gap,
        presence: None,
        group,
        access,
        module: "tests",
        at: Location { file: "src/lib.rs", line: 1, column: 1 },
        types: crate::typescript::undescribed,
        guard: |_| guard(async { open() }),
    }))
}
