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
use quote::{quote, quote_spanned};

pub(crate) use argument::{typed, witness};
pub(crate) use guard::guard;
pub(crate) use register::{location, optional, symbol};
pub(crate) use unknown::unknown_placeholder;
pub(crate) use url::{Holes, holes};

use declared::Declarer;
use link::Link;

use crate::model::{Checked, Handler, Place};

/// The user's item and everything that makes it served.
pub(crate) fn expand(own: &TokenStream, checked: &Checked) -> TokenStream {
    let handlers = &checked.handlers;
    let Some(first) = handlers.first() else { return own.clone() };
    let allowed = allow_unused_async(handlers);
    let links: Vec<Link<'_>> = handlers.iter().map(Link::of).collect();
    let types = links.iter().map(Link::beside);
    let functions = links.iter().map(Link::within);
    let guards = handlers.iter().map(guard::guards);
    let symbols = register::symbols(handlers);
    let declarer = Declarer::of(&first.place);
    let declares = declarer.declares(&handlers.iter().map(register::elements).collect());
    let submit = declarer.submit();
    let ladder = argument::ladder(handlers);
    let within = quote!(#ladder #(#guards)* #declares #submit #symbols #(#functions)*);
    let made = constant(&first.place, &within);
    quote!(#allowed #own #(#types)* #made)
}

/// The names that others use of an item that was refused.
pub(crate) fn remains(checked: &Checked) -> TokenStream {
    let Checked { handlers, broken } = checked;
    let stubs = broken.iter().map(Link::stub);
    let links: Vec<Link<'_>> = handlers.iter().map(Link::of).chain(stubs).collect();
    // A function that stands in a block without an attribute has none, and what it stands in takes no constant.
    let named = |link: &&Link<'_>| link.place.owner.is_some() || link.place.link.is_some();
    let Some(first) = links.iter().find(named) else { return TokenStream::new() };
    let types = links.iter().map(Link::beside);
    let functions = links.iter().map(Link::within);
    let declares = Declarer::of(first.place).declares(&TokenStream::new());
    let made = constant(first.place, &quote!(#declares #(#functions)*));
    quote!(#(#types)* #made)
}

/// A handler is `async` whether or not it waits.
fn allow_unused_async(handlers: &[Handler]) -> Option<TokenStream> {
    let future = handlers.iter().any(|handler| handler.returns.future);
    future.then(|| quote!(#[allow(clippy::unused_async)]))
}

/// Generated code, in which Comet has a short name. One constant is one object file: the linker takes the symbols whenever
/// it takes the registration.
pub(crate) fn constant(place: &Place, within: &TokenStream) -> TokenStream {
    let span = place.ident.span();
    let short = short(place, span);
    // A path that the user wrote is at fault where it is written.
    let path = match &place.root {
        None => quote_spanned!(span_at(place, span)=> ::comet::__private),
        Some(root) => quote!(#root::__private),
    };
    quote! {
        #[allow(dead_code, deprecated, non_local_definitions)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        const _: () = {
            use #path as #short;
            #within
        };
    }
}

/// Where generated code stands for something of the user's: at that place, but with the names of the handler, so that
/// all of it agrees even when a `macro_rules!` has put the handler together from tokens of several origins.
pub(crate) fn span_at(place: &Place, anchor: Span) -> Span {
    anchor.resolved_at(place.ident.span())
}

/// A variable of generated code.
pub(crate) fn local(place: &Place, name: &str, anchor: Span) -> Ident {
    Ident::new(name, span_at(place, anchor))
}

/// The runtime's module for expansions, under the name that it has in a [`constant`].
pub(crate) fn short(place: &Place, anchor: Span) -> Ident {
    local(place, "__comet", anchor)
}
