//! What is registered of an endpoint, and the symbols that no two crates of a program may share.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::{glue, local, short};
use crate::model::{Endpoint, Handler, Kind, Place};
use crate::tokens::unraw;

/// The endpoints of a handler, as elements of an array.
pub(super) fn elements(handler: &Handler) -> TokenStream {
    handler.endpoints.iter().map(|endpoint| element(handler, endpoint)).collect()
}

/// What differs from an endpoint that is called by nothing, for users only and free of time limits.
fn element(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let place = &handler.place;
    let (p, cfgs, shown) = (short(place, place.ident.span()), &place.cfgs, shown(handler));
    let names = list("names", endpoint.names.iter().map(|name| &*name.text));
    let routes = list("routes", endpoint.routes.iter().map(|route| route.full.source()));
    let shapes = list("shapes", endpoint.routes.iter().map(|route| route.full.shape()));
    let options = options(place, endpoint);
    let docs = (!handler.docs.is_empty()).then(|| {
        let docs = &handler.docs;
        quote!(docs: #docs,)
    });
    let method = endpoint.method.registered();
    // It is where it is called: with the span of the name each method has a place of its own, and not that of its block.
    let bare = quote_spanned!(place.ident.span()=> #p::endpoint(#shown, ::core::module_path!()));
    let (signature, call) = (glue::signature(handler, endpoint), glue::call(handler, endpoint));
    quote! {
        #(#cfgs)*
        #p::Endpoint {
            #names #routes #shapes method: #method, #options #docs #signature call: #call,
            ..#bare
        },
    }
}

/// A field that is a list of texts, unless there are none.
fn list<T: ToTokens>(field: &str, texts: impl Iterator<Item = T>) -> Option<TokenStream> {
    let mut texts = texts.peekable();
    texts.peek()?;
    let field = Ident::new(field, Span::call_site());
    Some(quote!(#field: &[#(#texts),*],))
}

/// The fields of those options that are not as they are by default.
fn options(place: &Place, endpoint: &Endpoint) -> TokenStream {
    let p = short(place, place.ident.span());
    let Endpoint { group, public, kind, timeout, on_timeout, resume, body_limit, .. } = endpoint;
    let group = (!group.is_empty()).then(|| quote!(group: #group,));
    let access = public.then(|| quote!(access: #p::Access::Public,));
    let hold = match (kind, timeout.map(duration)) {
        (Kind::Comet, _) => None,
        (Kind::LongPoll, None) => Some(quote!(hold: #p::Hold::App,)),
        (Kind::LongPoll, Some(timeout)) => Some(quote!(hold: #p::Hold::For(#timeout),)),
    };
    let on_timeout = on_timeout.as_ref().map(|late| {
        let late = glue::late(place, late);
        quote!(on_timeout: ::core::option::Option::Some(#late),)
    });
    let resume = resume.is_some().then(|| {
        let resume = optional(*resume);
        quote!(resume: #resume,)
    });
    let body_limit =
        body_limit.map(|limit| quote!(body_limit: ::core::option::Option::Some(#limit),));
    quote!(#group #access #hold #on_timeout #resume #body_limit)
}

/// The place of a token.
pub(crate) fn location(p: &Ident, span: Span) -> TokenStream {
    quote_spanned!(span=> #p::Location::caller())
}

/// The handler as its author names it.
fn shown(handler: &Handler) -> String {
    let name = unraw(&handler.place.ident);
    match &handler.place.owner {
        Some(Type::Path(owner)) => {
            let owner = owner.path.segments.last().map(|segment| unraw(&segment.ident));
            format!("{}::{name}", owner.unwrap_or_default())
        }
        _ => name,
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

/// The symbols of all routes.
pub(super) fn symbols(handlers: &[Handler]) -> TokenStream {
    let endpoints = handlers.iter().flat_map(|handler| {
        let place = &handler.place;
        handler.endpoints.iter().map(move |endpoint| (place, endpoint))
    });
    let routes = endpoints.flat_map(|(place, endpoint)| {
        endpoint.routes.iter().map(move |route| {
            let key = route.full.key(&endpoint.group, endpoint.method.word());
            (place, key, route.literal.span())
        })
    });
    let one = |(nth, (place, key, span)): (usize, (&Place, String, Span))| {
        let (cfgs, symbol) = (&place.cfgs, symbol(place, nth, &key, span));
        quote!(#(#cfgs)* #symbol)
    };
    routes.enumerate().map(one).collect()
}

/// A second definition of this in one program is an error of the linker, which names both crates. Unit tests are built
/// without it: a crate can be linked twice there.
pub(crate) fn symbol(place: &Place, nth: usize, key: &str, span: Span) -> TokenStream {
    let name = local(place, &format!("__COMET_TAKEN{nth}"), span);
    // Code of the macro's own, which a user's `forbid(unsafe_code)` is not about.
    let span = Span::call_site().located_at(span);
    quote_spanned! {span=>
        #[cfg(not(test))]
        #[unsafe(export_name = #key)]
        static #name: () = ();
    }
}
