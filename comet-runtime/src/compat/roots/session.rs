//! One client: the channels that it follows, and what it has not acknowledged of them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::StatusCode;
use http::request::Parts;
use tokio::time::Instant;

use super::queue::Queue;
use crate::app::Home;
use crate::channel::{Cause, Delivery, Follow, Line, OnGap};
use crate::error::Error;

/// How many paths a session may follow.
pub(super) const MOST: usize = 64;

/// Where a client hears that it follows a path no longer.
const DISCONNECTED: &str = "::+::disconnect";

/// A message that confirms a path, as JSON.
const CONFIRMED: &[u8] = b"\"\"";

#[derive(Debug)]
pub(super) struct Session {
    pub(super) id: String,
    /// Whose it is. For anybody else it is not there.
    pub(super) user: Option<String>,
    home: Home,
    state: Mutex<State>,
}

pub(super) struct State {
    /// The newest request of the client: as whom it follows.
    parts: Arc<Parts>,
    follow: Follow,
    paths: Vec<Path>,
    pub(super) queue: Queue,
    /// The number of the poll that is answered next, or was last.
    pub(super) turn: u64,
    pub(super) waker: Option<Waker>,
    /// Since when it is not polled.
    idle: Option<Instant>,
    /// Whether the client has to begin anew.
    pub(super) over: bool,
}

/// A path as the client calls it, and its channel.
#[derive(Debug)]
struct Path {
    asked: String,
    channel: String,
}

/// A path that a session may follow.
pub(super) struct Admitted {
    path: String,
    /// Nothing if it follows the path already.
    lines: Vec<Line>,
}

impl Session {
    pub(super) fn new(id: String, home: Home, parts: Parts, user: Option<String>) -> Self {
        let state = Mutex::new(State {
            parts: Arc::new(parts),
            follow: Follow::new(Vec::new()),
            paths: Vec::new(),
            queue: Queue::default(),
            turn: 0,
            waker: None,
            idle: Some(Instant::now()),
            over: false,
        });
        Self { id, user, home, state }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a poll, which ends the one before it; its number.
    pub(super) fn begin(&self, parts: Parts, seen: Option<u64>) -> u64 {
        let mut state = self.state();
        state.parts = Arc::new(parts);
        state.queue.acknowledge(seen.unwrap_or_default());
        state.idle = None;
        state.turn += 1;
        state.wake();
        state.turn
    }

    /// The poll of that number is over.
    pub(super) fn leave(&self, turn: u64) {
        let mut state = self.state();
        if state.turn == turn {
            state.idle = Some(Instant::now());
            state.waker = None;
        }
    }

    /// Asks whether the client may follow a path.
    ///
    /// # Errors
    ///
    /// 404 for a path that no channel has, 403 for a reserved one, 429 for too many; the refusal of whoever decides.
    pub(super) async fn ask(&self, path: &str) -> Result<Admitted, Error> {
        check_path(path)?;
        let parts = {
            let state = self.state();
            state.room_for(path)?;
            let known = state.paths.iter().any(|known| known.asked == path);
            (!known).then(|| Arc::clone(&state.parts))
        };
        let lines = match parts {
            Some(parts) => self.home.follow(&parts, &self.id, path).await?,
            None => Vec::new(),
        };
        Ok(Admitted { path: path.to_owned(), lines })
    }

    /// Follows a path from now on, and confirms it by an empty message.
    pub(super) fn connect(&self, Admitted { path, lines }: Admitted) {
        let mut state = self.state();
        if let Some(line) = lines.first()
            && !state.paths.iter().any(|known| known.asked == path)
        {
            let channel = line.name().to_owned();
            // Of two paths that are one channel, the first reads for both.
            if !state.paths.iter().any(|known| known.channel == channel) {
                state.follow.add(lines);
            }
            state.paths.push(Path { asked: path.clone(), channel });
        }
        if state.paths.iter().any(|known| known.asked == path) {
            state.queue.push(&path, CONFIRMED);
            state.wake();
        }
    }

    /// Follows a path no longer, and says so.
    pub(super) fn disconnect(&self, path: &str) {
        let mut state = self.state();
        let Some(index) = state.paths.iter().position(|known| known.asked == path) else { return };
        let Path { asked, channel } = state.paths.remove(index);
        if !state.paths.iter().any(|known| known.channel == channel) {
            state.follow.stop(&[channel]);
        }
        state.say_disconnected(&asked);
        state.wake();
    }

    /// The client has to begin anew.
    pub(super) fn end(&self) {
        let mut state = self.state();
        state.over = true;
        state.follow = Follow::new(Vec::new());
        state.wake();
    }

    pub(super) fn is_over(&self, expiry: Duration) -> bool {
        self.state().over || self.expires(expiry).is_some_and(|at| at <= Instant::now())
    }

    /// When it ends unless it is polled; `None` while it is.
    pub(super) fn expires(&self, expiry: Duration) -> Option<Instant> {
        self.state().idle.map(|since| since + expiry)
    }

    /// Since when it is not polled, of one that follows nothing.
    pub(super) fn idle(&self) -> Option<Instant> {
        let state = self.state();
        state.idle.filter(|_| state.paths.is_empty())
    }
}

impl State {
    pub(super) fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Whether another path may be followed.
    fn room_for(&self, path: &str) -> Result<(), Error> {
        let known = self.paths.iter().any(|known| known.asked == path);
        if !known && self.paths.len() >= MOST {
            return Err(too_many());
        }
        if self.queue.is_overfull() {
            let detail = "the session has not taken what there is for it";
            return Err(Error::new(StatusCode::TOO_MANY_REQUESTS, detail));
        }
        Ok(())
    }

    /// Takes what the channels have, as far as there is room.
    pub(super) fn take(&mut self, cx: &mut Context<'_>) {
        while !self.over && self.follow.len() > 0 && !self.queue.is_full() {
            let Poll::Ready(delivery) = self.follow.poll_next(cx) else { return };
            match delivery {
                Some(Delivery::Entries(index, entries)) => {
                    let channel = self.follow.name(index).to_owned();
                    for entry in &entries {
                        self.follow.position_at(index, entry.offset());
                        // Roots knows nothing of who comes and goes.
                        if !entry.event.is_presence() {
                            self.say(&channel, &entry.json());
                        }
                    }
                }
                // As if the path had just been connected: what was published before has to be fetched.
                Some(Delivery::Gap(index, _)) => {
                    if self.follow.on_gap(index) != OnGap::Ignore {
                        let channel = self.follow.name(index).to_owned();
                        self.say(&channel, CONFIRMED);
                    }
                }
                Some(Delivery::Ended(index, Cause::Closed | Cause::Revoked)) => {
                    let channel = self.follow.name(index).to_owned();
                    self.lose(&channel);
                }
                // Cut off: everything has to be asked for anew.
                Some(Delivery::Ended(_, Cause::Slow | Cause::Unknown)) | None => self.over = true,
            }
        }
    }

    /// Says something on every path that is this channel.
    fn say(&mut self, channel: &str, message: &[u8]) {
        for path in self.paths.iter().filter(|path| path.channel == channel) {
            self.queue.push(&path.asked, message);
        }
    }

    /// A channel has ended for the client.
    fn lose(&mut self, channel: &str) {
        let lost = self.paths.extract_if(.., |path| path.channel == channel).collect::<Vec<_>>();
        self.follow.stop(&[channel.to_owned()]);
        for path in lost {
            self.say_disconnected(&path.asked);
        }
    }

    fn say_disconnected(&mut self, path: &str) {
        let path = serde_json::Value::from(path).to_string();
        self.queue.push(DISCONNECTED, path.as_bytes());
    }
}

/// Refuses the paths that are commands.
pub(super) fn check_path(path: &str) -> Result<(), Error> {
    match path.starts_with("::") {
        true => {
            let detail =
                format!("`{}` is reserved: no path begins with `::`", path.escape_default());
            Err(Error::new(StatusCode::FORBIDDEN, detail))
        }
        false => Ok(()),
    }
}

pub(super) fn too_many() -> Error {
    let detail = format!("a session follows at most {MOST} paths");
    Error::new(StatusCode::TOO_MANY_REQUESTS, detail)
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("paths", &self.paths).finish_non_exhaustive()
    }
}
