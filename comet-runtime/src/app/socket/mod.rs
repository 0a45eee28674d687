//! A WebSocket at `{mount}/comet/events`: channels and calls of one client over one connection.
//!
//! ```text
//! upgrade ─► session ─┬─► request   what the client asks for
//!                     ├─► channels  what it follows
//!                     └─► calls     the handlers that work for it
//! ```
//!
//! All of it is one future, the session's. It asks channels and handlers for more only when everything before is
//! written, so a client that does not read holds up its own handlers and nobody else, and costs what one look holds.

mod calls;
mod channels;
mod quiet;
mod request;
mod session;
mod upgrade;

pub(super) use upgrade::upgrade;
