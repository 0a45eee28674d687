//! Endpoints: what an annotation registers, and the link-time collection of all of them.

mod expected;
#[cfg(test)]
pub(crate) mod tests;

use std::any::TypeId;
use std::fmt;
use std::future::ready;
use std::time::Duration;

use http::StatusCode;

use crate::call::Call;
use crate::error::Error;
use crate::reply::BoxFuture;
use crate::serve::Want;
use crate::typescript::{Described, undescribed};

pub use expected::Expected;
pub(crate) use expected::{absent, crate_of, crates, expected};

/// What `#[comet]` and `#[longpoll]` register for a handler. One attribute, one endpoint.
pub struct Endpoint {
    /// The handler as its author names it: `progress`, `Jobs::done`.
    pub handler: &'static str,
    /// The names it is called by; none for a second route of the same handler.
    pub names: &'static [&'static str],
    /// Route patterns without the mount; the first is the one links use.
    pub routes: &'static [&'static str],
    /// Those routes in the form in which the names in them do not matter: equal for what answers the same.
    pub shapes: &'static [&'static str],
    /// The method its routes answer to, `*` for any.
    pub method: &'static str,
    /// Keeps equal routes of independent programs in one binary apart.
    pub group: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether its requests are parked, and for how long.
    pub hold: Hold,
    /// What replies when the hold is over; without it the reply is empty.
    pub on_timeout: Option<fn(Call) -> BoxFuture>,
    /// How long a run outlives its connection.
    pub resume: Option<Duration>,
    /// How many bytes the body of a request may have, if it is not as many as the app says.
    pub body_limit: Option<usize>,
    /// The first paragraph of its documentation.
    pub docs: &'static str,
    /// The module it comes from, with its crate first: `chat::rooms`.
    pub module: &'static str,
    /// Where it is written.
    pub at: Location,
    /// Notes the types of all that crosses the wire, as far as they are described.
    #[doc(hidden)]
    pub types: fn(&mut Described),
    /// Says what the handler asks for and how it replies, or extracts the arguments and runs it.
    #[doc(hidden)]
    pub serve: fn(Want<'_>) -> Option<BoxFuture>,
}

/// The endpoints of one annotated item, as they are collected.
#[derive(Clone, Copy, Debug)]
pub struct Linked(pub &'static [Endpoint]);

inventory::collect!(Linked);

/// An endpoint to fill in, where this is called: its handler takes nothing and does nothing, and no option is given.
#[must_use]
#[track_caller]
pub const fn endpoint(handler: &'static str, module: &'static str) -> Endpoint {
    Endpoint {
        handler,
        names: &[],
        routes: &[],
        shapes: &[],
        method: "",
        group: "",
        access: Access::User,
        hold: Hold::Free,
        on_timeout: None,
        resume: None,
        body_limit: None,
        docs: "",
        module,
        at: Location::caller(),
        types: undescribed,
        serve: |_| None,
    }
}

/// How long a request may wait for its handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// As long as the client does: `#[comet]`.
    Free,
    /// For the app's `timeout`: `#[longpoll]`.
    App,
    /// For so long: `#[longpoll(timeout = "…")]`.
    For(Duration),
}

/// Who may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever the authenticator knows.
    User,
}

/// A place in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// As the compiler names it.
    pub file: &'static str,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

impl Location {
    /// Where the function that is annotated with `#[track_caller]` was called.
    #[must_use]
    #[track_caller]
    pub const fn caller() -> Self {
        let caller = std::panic::Location::caller();
        Self { file: caller.file(), line: caller.line(), column: caller.column() }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// How a handler replies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Once, when it returns.
    #[default]
    Once,
    /// With page commands on the way.
    Page,
    /// With typed events on the way.
    Events,
}

/// What a handler's signature says, gathered at start-up.
#[derive(Debug, Default)]
pub struct Signature {
    /// How it replies.
    pub shape: Shape,
    /// The names of the arguments that the caller gives, in order.
    pub arguments: Vec<&'static str>,
    /// The names of the arguments that take the body as it is, so that it is not read for others: at most one.
    pub bodies: Vec<&'static str>,
    /// Whether it wants to know how long it is held.
    pub held: bool,
    /// What the app must have been given.
    pub needs: Vec<Need>,
    /// The types of all that crosses the wire, as far as they are described.
    #[doc(hidden)]
    pub types: Described,
}

/// Something that a handler takes from the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// The type in the app's state.
    pub key: TypeId,
    /// The type's name, for messages.
    pub type_name: &'static str,
    /// The builder method that provides it: `state` or `with`.
    pub method: &'static str,
}

impl Endpoint {
    /// What the handler's signature says.
    pub(crate) fn signature(&self) -> Signature {
        let mut signature = Signature::default();
        (self.serve)(Want::Signature(&mut signature));
        (self.types)(&mut signature.types);
        signature
    }

    /// Extracts the arguments and runs the handler.
    pub(crate) fn call(&self, call: Call) -> BoxFuture {
        (self.serve)(Want::Call(call)).unwrap_or_else(|| {
            Box::pin(ready(Err(Error::new(StatusCode::NOT_FOUND, "this endpoint has no handler"))))
        })
    }

    /// The name by which messages call the endpoint.
    pub(crate) fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or(self.handler)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("handler", &self.handler)
            .field("method", &self.method)
            .field("routes", &self.routes)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// Every linked endpoint, sorted, each once.
///
/// The linker's order differs between profiles, and a crate can be linked twice (a dev-dependency cycle), so the same
/// route at the same place counts once.
pub(crate) fn linked() -> Vec<&'static Endpoint> {
    let mut all: Vec<_> = inventory::iter::<Linked>.into_iter().flat_map(|item| item.0).collect();
    all.sort_by_key(|e| (e.routes, e.method, e.handler, e.at));
    all.dedup_by_key(|e| (e.routes, e.method, e.names, e.at));
    all
}
