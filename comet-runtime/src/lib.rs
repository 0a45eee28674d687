//! Server push for Rust: annotate a function, and the page changes while it works.
//!
//! ```no_run
//! use comet::{App, Page, comet};
//!
//! /// Counts to `n` in the element with the id `count`, as it goes.
//! #[comet(public)]
//! async fn count(n: u32, page: &mut Page) -> comet::Result {
//!     for i in 1..=n {
//!         page.text("#count", i).flush().await?; // `Err` once the browser has left
//!     }
//!     Ok(())
//! }
//!
//! #[tokio::main]
//! async fn main() -> comet::Result {
//!     App::from_linked().files("static").serve().await // every handler in the program
//! }
//! ```
//!
//! In the page, `<button data-comet-call="count" data-comet-args="[10]">` calls it.
//!
//! # Handlers
//!
//! [`#[comet]`](macro@comet) makes an endpoint of an `async fn`, of a `fn` that returns a `Stream`, or of every `pub`
//! method of an `impl` block; [`#[longpoll]`](macro@longpoll) makes one that parks its request until it has something to
//! say. What a handler is follows from its signature alone:
//!
//! | signature | the handler |
//! |---|---|
//! | `page: &mut Page` | sends [page commands](Page) while it works |
//! | `out: &mut Events<T>`, or returns `impl Stream<Item = T>` | sends [typed events](Events) |
//! | neither | [replies](Reply) once |
//!
//! Every other argument is named in the route and read from the URL ([`Param`], [`Query`]), or is an extractor
//! ([`Extract`], and everything with axum-core's `FromRequestParts` or `FromRequest`), or is an argument that the
//! browser sends (anything with `serde::Deserialize`).
//!
//! **Access is explicit.** A handler is for signed-in users ([`Authenticator`]) unless it says `public`.
//!
//! # The app
//!
//! [`App`] gathers the handlers that are linked into the program, checks all that can be checked before the first
//! request, and [serves](App::serve) itself or becomes a [tower service](App::into_service) in somebody else's server.
//! [`test::TestApp`] drives one in a test, in process.
//!
//! # Features
//!
//! * `maud`, `askama`: templates of those crates as [`Html`].
//! * `tls`: HTTPS on Comet's own server, without a proxy.
//! * `upload`: forms with files, as typed arguments (`UploadedFile`).
//! * `sijax`: pages that were written for Sijax call handlers as they stand (`compat::sijax`).
//! * `grizzly`: pages that were written for Grizzly Comet listen in their hidden frames (`compat::grizzly`).
//! * `typescript`: the types of arguments and payloads in what [`typescript!`] writes.

mod app;
mod arguments;
mod auth;
mod blocking;
mod call;
mod channel;
#[cfg(feature = "compat")]
pub mod compat;
mod config;
mod deadline;
mod decimal;
mod declared;
mod drain;
mod error;
mod events;
mod extract;
mod flow;
#[cfg(doctest)]
mod guide;
mod html;
mod ladder;
mod link;
mod log;
mod page;
mod query;
mod random;
mod registry;
mod reply;
mod router;
mod run;
mod runtime;
mod serve;
mod server;
mod state;
mod stay;
mod tls;
mod transport;
mod typescript;

pub use app::{App, Service, StartError, client_integrity, client_script, client_url, verify};
pub use auth::{Authenticator, Origin, PeerAddr, ServedHost, User};
pub use call::Call;
pub use channel::{
    Ask, Channel, Closed, ConflateBy, Declaration, Delivered, IntoVerdict, Live, Member, NextError,
    OnGap, Payload, Present, Raw, Slow, Subscription, Topic, Verdict,
};
pub use channel::{
    End, Expiration, HandlerId, Interrupt, Recipient, Suspended, Terminate, Then, suspend,
};
pub use comet_macros::{channel, comet, longpoll, url};
pub use config::{
    Config, ConfigError, Flags, Network, Problem, Publishers, Secret, UnknownPublishers, WeakSecret,
};
pub use error::{Error, Fault, Result};
pub use events::Events;
#[cfg(feature = "upload")]
pub use extract::UploadedFile;
pub use extract::{Cookies, Extract, Param, ParamError, Query, State, Timeout};
pub use flow::Gone;
pub use html::{Html, IntoHtml};
pub use http::StatusCode;
pub use link::{Link, Url};
pub use log::{Cursor, EventName, InvalidCursor, InvalidEventName};
pub use page::Page;
pub use registry::{Access, Endpoint, Expected, Hold, Location, Need, Shape, Signature};
pub use reply::{Json, Outcome, Reply, Value};
pub use state::States;
pub use typescript::{StaleTypeScript, TypeScript};

pub mod rules;
pub mod test;

#[doc(hidden)]
pub mod __private;

#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;

#[cfg(feature = "pieces")]
#[doc(hidden)]
pub mod pieces;
