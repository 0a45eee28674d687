//! Pages that were written for Comet of [Grizzly](https://javaee.github.io/grizzly/) and listen in a hidden frame: their
//! scripts stay as they are.
//!
//! A handler that suspends itself has [`suspend`](crate::suspend), and one that is polled replies as any other:
//! `docs/coming-from/grizzly.md` has every type of Grizzly and what it became. What is here is the one thing that a page can
//! tell from a reply of Comet's own: a document whose scripts call functions of the page around it.
//!
//! ```no_run
//! use comet::compat::grizzly::ForeverFrame;
//! use comet::{App, Page, channel, comet};
//!
//! #[channel("said", public)]
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Said {
//!     name: String,
//!     message: String,
//! }
//!
//! /// `<iframe src="/chat">`: `window.parent.app.update({ name: "Ann", message: "Hi" });` for each event.
//! #[comet(public)]
//! async fn listen(mut said: comet::Subscription<Said>, page: &mut Page) -> comet::Result {
//!     loop {
//!         let event = said.next().await?;
//!         page.call("app.update", &(event,)).flush().await?;
//!     }
//! }
//!
//! #[tokio::main]
//! async fn main() -> comet::Result {
//!     App::from_linked().adapt(ForeverFrame::at("/chat", "listen")).files("static").serve().await
//! }
//! ```
//!
//! Comet's own client is served by the same handler: `comet.call("listen")`.

mod literal;
mod mount;
mod scripts;

pub use mount::ForeverFrame;
