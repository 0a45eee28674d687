//! The side that publishes, and its own record of what a reader must get.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::super::{Tested, channels, node, publish};
use crate::channel::tests::{declaration, leak};
use crate::channel::{Declaration, Node, Slow, hub};

/// An app with three channels that forget in different ways, and the truth about them.
pub(super) struct World {
    pub(super) app: Tested,
    pub(super) channels: Vec<Channel>,
}

pub(super) struct Channel {
    pub(super) name: &'static str,
    declaration: &'static Declaration,
    /// When each entry was published, of each log that the channel has had.
    logs: Vec<Vec<Instant>>,
}

impl World {
    pub(super) fn new() -> Self {
        static WORLDS: AtomicUsize = AtomicUsize::new(0);
        let world = WORLDS.fetch_add(1, Ordering::Relaxed);
        let group: &'static str = format!("sim-{world}").leak();
        let short = Declaration { history: Some(4), ..declaration(group, "short/{x}") };
        let cut =
            Declaration { history: Some(6), slow: Slow::Cut, ..declaration(group, "cut/{x}") };
        let max_age = Some(Duration::from_secs(5));
        let aged = Declaration { history: Some(32), max_age, ..declaration(group, "aged/{x}") };
        let channels_of = [("short/1", short), ("cut/1", cut), ("aged/1", aged)];
        let all = channels_of.map(|(name, declaration)| Channel {
            name,
            declaration: leak(declaration),
            logs: vec![Vec::new()],
        });
        let app = channels(all.iter().map(|channel| channel.declaration));
        Self { app, channels: all.into() }
    }

    /// Lets go of the logs, which the process would keep for ever.
    pub(super) fn end(&self) {
        self.channels.iter().for_each(|channel| hub().close(&channel.node()));
    }
}

impl Channel {
    fn node(&self) -> Arc<Node> {
        node(self.name, self.declaration)
    }

    /// Which log it is that the channel has now.
    pub(super) fn generation(&self) -> usize {
        self.logs.len() - 1
    }

    pub(super) fn newest(&self, generation: usize) -> u64 {
        self.logs[generation].len() as u64
    }

    /// The oldest offset that a log has to have; everything before it may be gone.
    pub(super) fn oldest(&self, generation: usize) -> u64 {
        let (newest, log) = (self.newest(generation), &self.logs[generation]);
        let is_kept = |offset: &u64| {
            let many = newest - offset >= self.declaration.history.unwrap() as u64;
            let age = log[*offset as usize - 1].elapsed();
            let aged = self.declaration.max_age.is_some_and(|max_age| age > max_age);
            *offset == newest || !(many || aged)
        };
        (1..=newest).find(is_kept).unwrap_or(newest + 1)
    }

    pub(super) fn publish(&mut self) {
        let (generation, offset) = (self.generation(), self.newest(self.generation()) + 1);
        let json = format!(r#"{{"log":{generation},"offset":{offset}}}"#);
        assert_eq!(publish(&self.node(), &json), offset);
        self.logs[generation].push(Instant::now());
    }

    /// Closes the channel; its name goes on with a new log.
    pub(super) fn close(&mut self) {
        hub().close(&self.node());
        self.logs.push(Vec::new());
    }
}
