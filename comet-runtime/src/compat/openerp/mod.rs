//! Pages that were written for OpenERP's `web_longpolling`: their script polls Comet's [`longpoll`](crate::longpoll)
//! handlers with the bytes that it always sent.
//!
//! ```no_run
//! use comet::compat::openerp::{LongPolling, Session};
//! use comet::{App, Json, User, longpoll};
//! use http::request::Parts;
//!
//! /// `lp.start_longpolling(session, "/late/7", {by: 3}, success)` polls it.
//! #[longpoll("/late/{train}", timeout = "30s")]
//! async fn late(train: u32, by: Option<u32>, user: User) -> Json<String> {
//!     Json(format!("{} waits for {train}, {by:?} minutes late", user.id()))
//! }
//!
//! /// Whose the session is, from where the application keeps its sessions.
//! fn user(parts: &Parts) -> Option<User> {
//!     let session = Session::of(parts)?;
//!     (session.sid() == "9f31" && session.session_id() == Some("4b1c")).then(|| User::new("ann"))
//! }
//!
//! #[tokio::main]
//! async fn main() -> comet::Result {
//!     App::from_linked().authenticate(user).adapt(LongPolling::new()).serve().await
//! }
//! ```
//!
//! `docs/coming-from/openerp.md` has everything that the module had and what it became.

mod bound;
mod get_path;
mod mount;
mod request;
mod session;
mod timed_out;

pub use mount::LongPolling;
pub use session::Session;
pub use timed_out::TimedOut;
