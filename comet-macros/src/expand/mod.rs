//! From checked data to Rust.
//!
//! A handler becomes, beside the user's own item: guards that make the compiler refuse a second route or name of the same
//! kind in the crate; for each attribute one constant that holds the glue, the registration and the symbol that makes the
//! linker refuse a second one between crates; and the link.

mod argument;
mod glue;
mod guard;
mod link;
mod register;
mod unknown;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(crate) use link::{link, stub};
pub(crate) use unknown::unknown_placeholder;

use crate::model::{Checked, Endpoint, Handler, Place};
use crate::tokens::{glue_at, located_at};

/// The user's item and everything that makes it served.
pub(crate) fn expand(own: TokenStream, checked: &Checked) -> TokenStream {
    let made = checked.handlers.iter().map(|handler| {
        let guards = guard::guards(handler);
        let endpoints = handler.endpoints.iter().map(|endpoint| self::endpoint(handler, endpoint));
        let link = link(handler);
        quote!(#guards #(#endpoints)* #link)
    });
    let allowed = allow_unused_async(checked);
    quote!(#allowed #own #(#made)*)
}

/// A handler is `async` whether or not it waits.
fn allow_unused_async(checked: &Checked) -> Option<TokenStream> {
    let future = checked.handlers.iter().any(|handler| handler.returns.future);
    future.then(|| quote!(#[allow(clippy::unused_async)]))
}

fn endpoint(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let cfgs = &handler.place.cfgs;
    let p = private(&handler.place);
    let signature = glue::signature(handler, endpoint);
    let call = glue::call(handler, endpoint);
    let submit = register::submit(handler, endpoint);
    let symbols = register::symbols(endpoint);
    // One constant is one object file: the linker takes the symbols whenever it takes the registration.
    quote! {
        #(#cfgs)*
        #[allow(deprecated, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        const _: () = {
            #[allow(unused_imports)]
            use #p::{ByArgument as _, ByBody as _, ByExtract as _, ByParts as _};
            #signature
            #call
            #submit
            #symbols
        };
    }
}

/// The runtime's module for expansions, at the place of the handler's name.
fn private(place: &Place) -> TokenStream {
    private_at(place, place.ident.span())
}

fn private_at(place: &Place, anchor: proc_macro2::Span) -> TokenStream {
    let root = &place.root;
    let module = quote_spanned!(glue_at(anchor)=> #root::__private);
    located_at(module, anchor)
}
