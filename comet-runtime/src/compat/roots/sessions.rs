//! The sessions of a mount: bounded, and gone soon after their clients.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http::StatusCode;
use http::request::Parts;
use tokio::time::{Instant, sleep_until};

use super::session::Session;
use super::token;
use super::update::Filters;
use crate::app::Home;
use crate::error::Error;

/// Of the time that a session lives on, this part at most passes before it is collected; and of as many as there may
/// be, this part makes room at once.
const SHARE: u32 = 16;

/// What a mount says of its sessions.
#[derive(Debug)]
pub(super) struct Rules {
    /// How ids begin.
    pub(super) server: String,
    /// How many there may be.
    pub(super) most: usize,
    /// How long one outlives its last poll.
    pub(super) expiry: Duration,
    pub(super) filters: Filters,
}

/// The sessions of a mount.
#[derive(Debug)]
pub(super) struct Sessions {
    pub(super) rules: Rules,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// How many there have been.
    count: u64,
    by_id: HashMap<Box<str>, Arc<Session>>,
    /// Whether somebody collects those that are over.
    is_swept: bool,
}

impl Sessions {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, table: Mutex::default() }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session for the client that has made this request.
    ///
    /// # Errors
    ///
    /// 503 when there are as many as may be, and each of them follows something or is polled.
    pub(super) fn open(
        self: &Arc<Self>,
        home: Home,
        parts: Parts,
        user: Option<String>,
    ) -> Result<Arc<Session>, Error> {
        let mut table = self.table();
        while table.by_id.len() >= self.rules.most {
            drop(table);
            self.make_room()?;
            table = self.table();
        }
        table.count += 1;
        let id = token::id(&self.rules.server, table.count);
        let session = Arc::new(Session::new(id.clone(), home, parts, user));
        table.by_id.insert(id.into(), Arc::clone(&session));
        let begins = !std::mem::replace(&mut table.is_swept, true);
        drop(table);
        if begins {
            tokio::spawn(sweep(Arc::downgrade(self)));
        }
        Ok(session)
    }

    /// Gives up the sessions that are the least loss: those that follow nothing and are not polled, the longest time
    /// first. Some at once, so that looking for them is rare.
    fn make_room(&self) -> Result<(), Error> {
        let idle = self.all().into_iter().filter_map(|session| Some((session.idle()?, session)));
        let mut idle: Vec<_> = idle.collect();
        idle.sort_unstable_by_key(|(since, _)| *since);
        idle.truncate(self.rules.most / SHARE as usize + 1);
        let mut table = self.table();
        for (_, session) in &idle {
            table.by_id.remove(&*session.id);
        }
        match idle.is_empty() && table.by_id.len() >= self.rules.most {
            true => Err(full()),
            false => Ok(()),
        }
    }

    /// All that there are now. What becomes of them is decided without the table, which they may want themselves.
    fn all(&self) -> Vec<Arc<Session>> {
        self.table().by_id.values().map(Arc::clone).collect()
    }

    /// The session of that id, if it has not ended.
    pub(super) fn find(&self, id: &str) -> Option<Arc<Session>> {
        let session = self.table().by_id.get(id).map(Arc::clone);
        session.filter(|session| !session.is_over(self.rules.expiry))
    }

    /// Ends a session at once.
    pub(super) fn end(&self, id: &str) {
        let ended = self.table().by_id.remove(id);
        if let Some(session) = ended {
            session.end();
        }
    }

    /// How many there are, those included that are about to be collected.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.table().by_id.len()
    }

    /// Drops what is over; when to look again, unless nothing is left.
    fn sweep(&self) -> Option<Instant> {
        let (now, expiry) = (Instant::now(), self.rules.expiry);
        let (over, left): (Vec<_>, Vec<_>) =
            self.all().into_iter().partition(|session| session.is_over(expiry));
        let next = left.iter().filter_map(|session| session.expires(expiry)).min();
        let next = next.unwrap_or(now + expiry).min(now + expiry);
        let mut table = self.table();
        for session in &over {
            table.by_id.remove(&*session.id);
        }
        table.is_swept = !table.by_id.is_empty();
        table.is_swept.then(|| next.max(now + expiry / SHARE))
    }
}

fn full() -> Error {
    Error::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "there are as many sessions as may be; come back later",
    )
}

/// Collects sessions for as long as there are any.
async fn sweep(sessions: Weak<Sessions>) {
    while let Some(next) = sessions.upgrade().and_then(|sessions| sessions.sweep()) {
        sleep_until(next).await;
    }
}
