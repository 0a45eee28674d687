//! Comet: server push for Rust.

mod app;
mod arguments;
mod auth;
mod call;
mod config;
mod error;
mod events;
mod extract;
mod link;
mod log;
mod page;
mod registry;
mod reply;
mod router;
mod run;
mod server;
mod state;
mod transport;

pub use app::{App, Service, StartError, client_url};
pub use auth::{Authenticator, Origin, PeerAddr, ServedHost, User};
pub use call::Call;
pub use comet_macros::{comet, longpoll};
pub use config::{Config, ConfigError, Flags, Network, Problem};
pub use error::{Error, Fault, Result};
pub use events::Events;
pub use extract::{Cookies, Extract, Param, ParamError, Query, State};
pub use http::StatusCode;
pub use link::{Link, Url};
pub use log::{Cursor, EventName, InvalidCursor, InvalidEventName};
pub use page::{Html, IntoHtml, Page};
pub use registry::{Access, Endpoint, Location, Need, Shape, Signature};
pub use reply::{Json, Outcome, Reply, Value};
pub use run::Gone;
pub use state::States;

pub mod test;

#[doc(hidden)]
pub mod __private;
