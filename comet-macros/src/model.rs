//! What a checked attribute says: plain data that expansion cannot get wrong.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, LitStr, Path, Type, Visibility};

/// Which attribute it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Comet,
    LongPoll,
}

impl Kind {
    /// As it is written.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Comet => "#[comet]",
            Self::LongPoll => "#[longpoll]",
        }
    }
}

/// The outcome of the checks.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) handlers: Vec<Handler>,
    /// Functions that are no handlers because of a mistake; others may name their links.
    pub(crate) broken: Vec<Broken>,
}

/// One function or method that is served.
pub(crate) struct Handler {
    pub(crate) place: Place,
    /// The first is the one that has the names and the link.
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) arguments: Vec<Argument>,
    /// Whether it is called on the app's instance.
    pub(crate) takes_self: bool,
    pub(crate) returns: Returns,
    /// The first paragraph of its documentation.
    pub(crate) docs: String,
}

/// A handler that was refused, as far as its link needs it.
pub(crate) struct Broken {
    pub(crate) place: Place,
    /// How many values its link takes, if that could be told.
    pub(crate) placeholders: usize,
}

/// Where a handler stands in the source.
#[derive(Clone)]
pub(crate) struct Place {
    /// The path to Comet, where an attribute says one; or else it is `::comet`.
    pub(crate) root: Option<Path>,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The type of the `impl` block.
    pub(crate) owner: Option<Type>,
    /// Its `cfg` attributes, for a method: those of a function have been decided already.
    pub(crate) cfgs: Vec<Attribute>,
    /// The name of the type, or function, that builds its links.
    pub(crate) link: Option<Ident>,
}

/// What a handler gives back.
pub(crate) struct Returns {
    pub(crate) ty: Returned,
    /// `async fn`, and not a function that returns a stream.
    pub(crate) future: bool,
    /// Where a complaint about the type belongs.
    pub(crate) anchor: Span,
}

/// The type of what a handler gives back, as it can be named outside of the signature.
pub(crate) enum Returned {
    Nothing,
    Value(Type),
    /// The items of an `impl Stream`.
    Items(Type),
    /// `impl` something else.
    Hidden,
}

/// One attribute of a handler: what is registered.
pub(crate) struct Endpoint {
    pub(crate) kind: Kind,
    pub(crate) names: Vec<Name>,
    /// The first is the one that links use.
    pub(crate) routes: Vec<Route>,
    pub(crate) method: Method,
    pub(crate) group: String,
    pub(crate) public: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) on_timeout: Option<Late>,
    /// In bytes.
    pub(crate) body_limit: Option<usize>,
    pub(crate) resume: Option<Duration>,
    /// Where each argument comes from.
    pub(crate) sources: Vec<Source>,
}

/// The function that replies when the time of a handler is up.
pub(crate) struct Late {
    /// As it can be named outside of the `impl` block.
    pub(crate) function: TokenStream,
    /// Where a complaint about it belongs.
    pub(crate) anchor: Span,
}

/// A name that a handler is called by, and where it is written.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// A checked route with the prefix of its block.
pub(crate) struct Route {
    pub(crate) literal: LitStr,
    pub(crate) prefix: String,
    /// With the prefix.
    pub(crate) full: comet_route::Route,
}

/// The method of a route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Method {
    #[default]
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Any,
}

impl Method {
    pub(crate) const ALL: [Self; 6] =
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Any];

    /// As it is written.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Any => "ANY",
        }
    }

    /// As the registry has it.
    pub(crate) fn registered(self) -> &'static str {
        match self {
            Self::Any => "*",
            method => method.word(),
        }
    }
}

/// An argument of a handler, the receiver aside.
pub(crate) struct Argument {
    /// Without `r#`; `_` for one without a name.
    pub(crate) name: String,
    pub(crate) ident: Ident,
    /// Without the `&`, without names of lifetimes and without `Self`.
    pub(crate) ty: Type,
    pub(crate) lent: Lent,
    /// Where a complaint about the type belongs.
    pub(crate) anchor: Span,
}

/// How a handler takes an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lent {
    /// `T`
    No,
    /// `&T`
    Shared,
    /// `&mut T`
    Exclusive,
}

/// Where an argument comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A segment of the path, or the rest of it.
    Path,
    Query,
    /// What its type says: an extractor or an argument of the call.
    Type,
}
