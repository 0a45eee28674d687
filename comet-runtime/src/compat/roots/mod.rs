//! Pages and publishers that were written for Roots: Pomona in the browser, Cornelius in the web application.
//!
//! ```no_run
//! use comet::compat::roots::{Firenze, Paths, Roots};
//! use comet::{App, channel, comet};
//!
//! /// What Roots calls a path is a channel.
//! #[channel("tasks", history = 64, on_gap = snapshot, public)]
//! #[derive(serde::Serialize)]
//! struct Task { id: u64, done: bool }
//!
//! /// Pomona's `connectUrl`: the application decides, and then connects.
//! #[comet("/tasks/connect/{uid}", method = POST, public)]
//! async fn connect(uid: &str, paths: Paths, firenze: Firenze) -> comet::Result {
//!     firenze.connect(uid, paths).await
//! }
//!
//! #[comet("/tasks/disconnect/{uid}", method = POST, public)]
//! async fn disconnect(uid: &str, paths: Paths, firenze: Firenze) {
//!     firenze.disconnect(uid, paths);
//! }
//!
//! #[tokio::main]
//! async fn main() -> comet::Result {
//!     App::from_linked().adapt(Roots::at("/comet")).files("static").serve().await
//! }
//! ```
//!
//! Whatever is published on a channel reaches Comet's own clients and those of Roots alike.
//! `docs/coming-from/roots.md` has every part of Roots and what it became.

mod bound;
mod dudley;
mod firenze;
mod mount;
mod paths;
mod polling;
mod queue;
mod session;
mod sessions;
#[cfg(test)]
mod tests;
mod token;
mod update;

pub use firenze::Firenze;
pub use mount::Roots;
pub use paths::Paths;
pub use update::Update;
