//! Pages that were written for [Sijax](https://pythonhosted.org/Sijax/): their scripts stay as they are, and call Comet's
//! handlers.
//!
//! ```no_run
//! use comet::compat::sijax::{Bootstrap, Sijax};
//! use comet::{App, Html, Page, comet};
//!
//! /// `Sijax.request("say_hi", ["Ann"])` calls it, and so does `sjxComet.request`.
//! #[comet(public)]
//! async fn say_hi(name: String, page: &mut Page) {
//!     page.alert(format!("Hi, {name}!"));
//! }
//!
//! /// The page itself, at the URL that calls are posted to.
//! #[comet("/hello", public)]
//! async fn hello(sijax: Bootstrap) -> Html {
//!     Html::trusted(format!(
//!         "<script src='jquery.js'></script><script src='sijax.js'></script><script>{sijax}</script>"
//!     ))
//! }
//!
//! #[tokio::main]
//! async fn main() -> comet::Result {
//!     App::from_linked().adapt(Sijax::at("/hello")).files("static").serve().await
//! }
//! ```
//!
//! How a page calls decides how it is answered: `Sijax.request` gets one JSON array of commands, `sjxComet.request` and
//! `sjxUpload` get a document whose scripts arrive one flush at a time. So one handler serves all three, and Comet's own
//! client as well. `docs/coming-from/sijax.md` has every function of Sijax and what it became.

mod bootstrap;
mod bound;
mod caller;
mod chain;
mod commands;
mod event;
mod files;
mod frame;
mod mount;
mod request;
mod script;

pub use bootstrap::Bootstrap;
pub use event::Event;
pub use files::init_static_path;
pub use mount::Sijax;
pub use request::Request;
