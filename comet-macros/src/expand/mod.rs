//! From checked data to Rust.
//!
//! Beside the user's own item stand the types that have the links, and one constant with everything else: guards that make
//! the compiler refuse a second route or name of the same kind in the crate, what is registered, the symbols that make the
//! linker refuse a second one between crates, and the links. All of it is written as short as it can be: the compiler reads
//! it again whenever a line of the crate has changed, and most of what that costs is the number of items and tokens.

mod argument;
mod declared;
mod glue;
mod guard;
mod link;
mod register;
mod unknown;
mod url;

use proc_macro2::{Ident, Span, TokenStream};

pub(crate) use argument::{located, typed, witness};
pub(crate) use guard::guard;
pub(crate) use register::{location, optional, symbol};
pub(crate) use unknown::unknown_placeholder;
pub(crate) use url::{Holes, holes};

use declared::Declarer;
use link::Link;

use crate::code::{Code, code};
use crate::model::{Checked, Handler, Place};

/// The user's item and everything that makes it served.
pub(crate) fn expand(own: &TokenStream, checked: &Checked) -> TokenStream {
    let handlers = &checked.handlers;
    let Some(first) = handlers.first() else { return own.clone() };
    let allowed = allow_unused_async(handlers);
    let links: Vec<Link<'_>> = handlers.iter().map(Link::of).collect();
    let types = links.iter().filter_map(Link::beside).collect::<Code>();
    let functions = links.into_iter().filter_map(Link::within).collect::<Code>();
    let guards = handlers.iter().map(guard::guards).collect::<Code>();
    let symbols = register::symbols(handlers);
    let declarer = Declarer::of(&first.place);
    let declares = declarer.declares(handlers.iter().map(register::elements).collect());
    let submit = declarer.submit();
    let here = Span::call_site();
    let within = code!(here=> #guards #declares #submit #symbols #functions);
    let made = constant(&first.place, within);
    let mut all = TokenStream::from(allowed);
    all.extend(own.clone());
    all.extend(TokenStream::from(code!(here=> #types #made)));
    all
}

/// The names that others use of an item that was refused.
pub(crate) fn remains(checked: &Checked) -> TokenStream {
    let Checked { handlers, broken } = checked;
    let stubs = broken.iter().map(Link::stub);
    let links: Vec<Link<'_>> = handlers.iter().map(Link::of).chain(stubs).collect();
    // A function that stands in a block without an attribute has none, and what it stands in takes no constant.
    let named = |link: &&Link<'_>| link.place.owner.is_some() || link.place.link.is_some();
    let Some(first) = links.iter().find(named) else { return TokenStream::new() };
    let place = first.place;
    let types = links.iter().filter_map(Link::beside).collect::<Code>();
    let functions = links.into_iter().filter_map(Link::within).collect::<Code>();
    let here = Span::call_site();
    let declares = Declarer::of(place).declares(Code::default());
    let made = constant(place, code!(here=> #declares #functions));
    code!(here=> #types #made).into()
}

/// A handler is `async` whether or not it waits.
fn allow_unused_async(handlers: &[Handler]) -> Code {
    let future = handlers.iter().any(|handler| handler.returns.future);
    let allowed = future.then(|| code!(Span::call_site()=> #[allow(clippy::unused_async)]));
    allowed.into_iter().collect()
}

/// Generated code, in which Comet has a short name. One constant is one object file: the linker takes the symbols whenever
/// it takes the registration.
pub(crate) fn constant(place: &Place, within: Code) -> Code {
    let At { span, p } = At::of(place);
    // A path that the user wrote is at fault where it is written.
    let path = match &place.root {
        None => code!(span=> ::comet::__private),
        Some(root) => code!(Span::call_site()=> #root::__private),
    };
    code! {Span::call_site()=>
        #[allow(dead_code, deprecated, non_local_definitions)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        const _: () = {
            use #path as #p;
            #within
        };
    }
}

/// A variable of generated code.
pub(crate) fn local(place: &Place, name: &str, anchor: Span) -> Ident {
    Ident::new(name, At::new(place, anchor).span)
}

/// Where generated code stands for something of the user's.
pub(crate) struct At {
    /// That place, but with the names of the handler, so that all of it agrees even when a `macro_rules!` has put the
    /// handler together from tokens of several origins.
    pub(crate) span: Span,
    /// The runtime's module for expansions, under the name that it has in a [`constant`].
    pub(crate) p: Ident,
}

impl At {
    /// At the name of a handler.
    pub(crate) fn of(place: &Place) -> Self {
        Self::with(place.ident.span())
    }

    pub(crate) fn new(place: &Place, anchor: Span) -> Self {
        Self::with(anchor.resolved_at(place.ident.span()))
    }

    fn with(span: Span) -> Self {
        Self { span, p: Ident::new("__comet", span) }
    }
}
