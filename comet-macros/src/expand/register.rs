//! The registration of an endpoint, and the symbols that no two crates of a program may share.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::short;
use crate::model::{Endpoint, Handler, Kind};
use crate::tokens::unraw;

/// Hands the endpoint to the collection that the runtime reads at start-up.
pub(super) fn submit(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let p = short(&handler.place, handler.place.ident.span());
    let shown = shown(handler);
    let names = endpoint.names.iter().map(|name| &name.text);
    let routes = endpoint.routes.iter().map(|route| route.full.source());
    let (method, group) = (endpoint.method.registered(), &endpoint.group);
    let access = if endpoint.public { quote!(Public) } else { quote!(User) };
    let (hold, resume) = (hold(&p, endpoint), optional(endpoint.resume));
    let on_timeout = match endpoint.on_timeout {
        Some(_) => quote!(::core::option::Option::Some(__comet_late)),
        None => quote!(::core::option::Option::None),
    };
    let docs = &handler.docs;
    // With the span of the name each method has a place of its own, and not that of its block.
    let at = location(&p, handler.place.ident.span());
    quote! {
        #p::submit! {
            #p::Endpoint {
                handler: #shown,
                names: &[#(#names),*],
                routes: &[#(#routes),*],
                method: #method,
                group: #group,
                access: #p::Access::#access,
                hold: #hold,
                on_timeout: #on_timeout,
                resume: #resume,
                docs: #docs,
                module: ::core::module_path!(),
                at: #at,
                signature: __comet_signature,
                call: __comet_call,
            }
        }
    }
}

/// The place of a token.
pub(crate) fn location(p: &impl ToTokens, span: Span) -> TokenStream {
    quote_spanned! {span=>
        #p::Location { file: ::core::file!(), line: ::core::line!(), column: ::core::column!() }
    }
}

/// The handler as its author names it.
pub(super) fn shown(handler: &Handler) -> String {
    let name = unraw(&handler.place.ident);
    match &handler.place.owner {
        Some(Type::Path(owner)) => {
            let owner = owner.path.segments.last().map(|segment| unraw(&segment.ident));
            format!("{}::{name}", owner.unwrap_or_default())
        }
        _ => name,
    }
}

fn hold(p: &Ident, endpoint: &Endpoint) -> TokenStream {
    match (endpoint.kind, endpoint.timeout.map(duration)) {
        (Kind::Comet, _) => quote!(#p::Hold::Free),
        (Kind::LongPoll, None) => quote!(#p::Hold::App),
        (Kind::LongPoll, Some(timeout)) => quote!(#p::Hold::For(#timeout)),
    }
}

/// A time that may be given.
pub(crate) fn optional(time: Option<Duration>) -> TokenStream {
    match time.map(duration) {
        Some(time) => quote!(::core::option::Option::Some(#time)),
        None => quote!(::core::option::Option::None),
    }
}

fn duration(time: Duration) -> TokenStream {
    let (seconds, nanos) = (time.as_secs(), time.subsec_nanos());
    quote!(::core::time::Duration::new(#seconds, #nanos))
}

/// The symbols of an endpoint's routes.
pub(super) fn symbols(endpoint: &Endpoint) -> TokenStream {
    let one = |route: &crate::model::Route| {
        let key = route.full.key(&endpoint.group, endpoint.method.word());
        symbol(&key, route.literal.span())
    };
    endpoint.routes.iter().map(one).collect()
}

/// A second definition of this in one program is an error of the linker, which names both crates. Unit tests are built
/// without it: a crate can be linked twice there.
pub(crate) fn symbol(key: &str, span: Span) -> TokenStream {
    // Code of the macro's own, which a user's `forbid(unsafe_code)` is not about.
    let span = Span::call_site().located_at(span);
    quote_spanned! {span=>
        const _: () = {
            #[cfg(not(test))]
            #[unsafe(export_name = #key)]
            static __COMET_TAKEN: () = ();
        };
    }
}
