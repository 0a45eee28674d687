//! From checked data to Rust.
//!
//! A handler becomes, beside the user's own item: guards that make the compiler refuse a second route or name of the same
//! kind in the crate; for each attribute one constant that holds the glue, the registration and the symbol that makes the
//! linker refuse a second one between crates; and the link. An annotated block says beside them what all its methods answer.

mod argument;
mod declared;
mod glue;
mod guard;
mod link;
mod register;
mod unknown;
mod url;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

pub(crate) use argument::{typed, witness};
pub(crate) use guard::guard;
pub(crate) use link::{link, stub};
pub(crate) use register::{location, optional, symbol};
pub(crate) use unknown::unknown_placeholder;
pub(crate) use url::{Holes, holes};

use crate::model::{Checked, Endpoint, Handler, Place};
use crate::tokens::spanned;

/// The user's item and everything that makes it served.
pub(crate) fn expand(own: &TokenStream, checked: &Checked) -> TokenStream {
    let made = checked.handlers.iter().map(|handler| {
        let guards = guard::guards(handler);
        let endpoints = handler.endpoints.iter().map(|endpoint| self::endpoint(handler, endpoint));
        let link = link(handler);
        quote!(#guards #(#endpoints)* #link)
    });
    let allowed = allow_unused_async(checked);
    let block = declared::block(checked);
    quote!(#allowed #own #(#made)* #block)
}

/// A handler is `async` whether or not it waits.
fn allow_unused_async(checked: &Checked) -> Option<TokenStream> {
    let future = checked.handlers.iter().any(|handler| handler.returns.future);
    future.then(|| quote!(#[allow(clippy::unused_async)]))
}

fn endpoint(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let cfgs = &handler.place.cfgs;
    let name = handler.place.ident.span();
    let (p, short) = (private(&handler.place, name), short(&handler.place, name));
    let signature = glue::signature(handler, endpoint);
    let call = glue::call(handler, endpoint);
    let late = glue::late(handler, endpoint);
    let submit = register::submit(handler, endpoint);
    let symbols = register::symbols(endpoint);
    // One constant is one object file: the linker takes the symbols whenever it takes the registration.
    quote! {
        #(#cfgs)*
        #[allow(deprecated, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        const _: () = {
            #[allow(unused_imports)]
            use #p::{self as #short, ByArgument as _, ByBody as _, ByExtract as _, ByParts as _};
            #signature
            #call
            #late
            #submit
            #symbols
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

/// The runtime's module for expansions, under the short name that it has in the glue.
fn short(place: &Place, anchor: Span) -> Ident {
    local(place, "__comet", anchor)
}

/// The runtime's module for expansions.
pub(crate) fn private(place: &Place, anchor: Span) -> TokenStream {
    let root = &place.root;
    spanned(quote!(#root::__private), span_at(place, anchor))
}
