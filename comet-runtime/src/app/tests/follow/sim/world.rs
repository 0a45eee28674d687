//! The side that publishes, and its own record of what a reader must get.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::time::Instant;

use super::super::{channels, node, publish};
use super::checker::Place;
use super::network::{Ground, Network};
use crate::channel::tests::{declaration, leak};
use crate::channel::{Declaration, Node, Slow, hub};

/// An app with three channels that forget in different ways, and the truth about them.
pub(super) struct World {
    pub(super) ground: Ground,
    pub(super) network: Network,
    pub(super) channels: Vec<Channel>,
}

pub(super) struct Channel {
    pub(super) name: &'static str,
    declaration: &'static Declaration,
    /// Each log that the channel has had.
    logs: Vec<Record>,
}

/// A log, and when each of its entries was published.
struct Record {
    node: Arc<Node>,
    published: Vec<Instant>,
}

impl World {
    pub(super) fn new(ground: Ground, seed: u64) -> Self {
        static WORLDS: AtomicUsize = AtomicUsize::new(0);
        let world = WORLDS.fetch_add(1, Ordering::Relaxed);
        let group: &'static str = format!("sim-{world}").leak();
        let short = Declaration { history: Some(4), ..declaration(group, "short/{x}") };
        let cut =
            Declaration { history: Some(6), slow: Slow::Cut, ..declaration(group, "cut/{x}") };
        let max_age = Some(ground.time(5_000));
        let aged = Declaration { history: Some(32), max_age, ..declaration(group, "aged/{x}") };
        let channels_of = [("short/1", short), ("cut/1", cut), ("aged/1", aged)];
        let all = channels_of.map(|(name, declaration)| Channel::new(name, leak(declaration)));
        let app = channels(all.iter().map(|channel| channel.declaration));
        Self { ground, network: Network::new(app, ground, seed), channels: all.into() }
    }

    /// Whether it is certain what a channel has when a request for it arrives: time that cannot be stopped drops entries.
    pub(super) fn is_certain(&self, index: usize) -> bool {
        self.ground == Ground::InProcess || self.channels[index].declaration.max_age.is_none()
    }

    /// Lets go of the logs, which the process would keep for ever.
    pub(super) fn end(&self) {
        self.channels.iter().for_each(|channel| hub().close(&channel.now().node));
    }
}

impl Channel {
    fn new(name: &'static str, declaration: &'static Declaration) -> Self {
        let logs = vec![Record { node: node(name, declaration), published: Vec::new() }];
        Self { name, declaration, logs }
    }

    fn now(&self) -> &Record {
        &self.logs[self.generation()]
    }

    /// Which of the channel's logs a position is in.
    pub(super) fn log_of(&self, position: &str) -> Result<usize, String> {
        let is_in = |record: &Record| {
            let epoch = record.node.log.epoch().to_string();
            position.strip_prefix(&epoch).is_some_and(|rest| rest.starts_with('.'))
        };
        self.logs.iter().position(is_in).ok_or(format!("{position} is in no log of {}", self.name))
    }

    /// Where a reader begins now that comes for the first time and asks for so many of the newest entries.
    pub(super) fn start(&self, history: u64) -> Place {
        let log = self.generation();
        let end = self.newest(log) + 1;
        Place { log, next: end - history.min(end - self.oldest(log)) }
    }

    /// Which log it is that the channel has now.
    pub(super) fn generation(&self) -> usize {
        self.logs.len() - 1
    }

    pub(super) fn newest(&self, generation: usize) -> u64 {
        self.logs[generation].published.len() as u64
    }

    /// The oldest offset that a log has to have; everything before it may be gone.
    pub(super) fn oldest(&self, generation: usize) -> u64 {
        let (newest, log) = (self.newest(generation), &self.logs[generation].published);
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
        let record = &mut self.logs[generation];
        // Before it is, so that nothing here is younger than it is there.
        record.published.push(Instant::now());
        assert_eq!(publish(&record.node, &json), offset);
    }

    /// Closes the channel; its name goes on with a new log.
    pub(super) fn close(&mut self) {
        hub().close(&self.now().node);
        self.logs.push(Record { node: node(self.name, self.declaration), published: Vec::new() });
    }
}
