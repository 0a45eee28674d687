//! The typed link of a handler: beside a function a type of its name, on a type a function more.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Visibility;

use super::url::{Url, url};
use super::{declared, private};
use crate::model::{Handler, Place};
use crate::tokens::unraw;

/// What others name to write a URL of the handler.
pub(crate) fn link(handler: &Handler) -> TokenStream {
    let Some(first) = handler.endpoints.first() else { return TokenStream::new() };
    let place = &handler.place;
    let p = private(place, place.ident.span());
    let called = first.names.first().map_or("", |name| name.text.as_str());
    let by_name = format!("/comet/call/{called}");
    let url = match first.routes.first() {
        Some(route) => url(handler, route),
        None => Url::fixed(&p, &by_name),
    };
    let route = first.routes.first().map(|route| route.full.source());
    let method = first.method.registered();
    let facts = Facts { route, method, name: called, declared: declared::elements(handler) };
    let pattern = route.unwrap_or(&by_name);
    let (generics, types) = (&url.generics, &url.types);
    let with = With {
        parts: quote!(#generics () -> #p::NamedLink<(#types)>),
        made: quote!(#p::NamedLink::new(#pattern)),
    };
    write(place, &facts, &url, &with)
}

/// What `url!` asks.
struct With {
    /// The function's signature behind its name.
    parts: TokenStream,
    made: TokenStream,
}

/// The link of a handler that was refused: it can be named, so that nothing else is wrong.
pub(crate) fn stub(place: &Place, placeholders: usize) -> TokenStream {
    let p = private(place, place.ident.span());
    let parameters = (0..placeholders).map(|_| quote!(_: impl ::core::marker::Sized,)).collect();
    let facts = Facts { route: None, method: "", name: "", declared: TokenStream::new() };
    let with = With { parts: quote!(() -> #p::Refused), made: quote!(#p::Refused) };
    write(place, &facts, &Url { parameters, ..Url::fixed(&p, "") }, &with)
}

struct Facts<'h> {
    route: Option<&'h str>,
    method: &'h str,
    name: &'h str,
    /// What the endpoints answer.
    declared: TokenStream,
}

fn write(place: &Place, facts: &Facts<'_>, url: &Url, with: &With) -> TokenStream {
    let Some(link) = &place.link else { return TokenStream::new() };
    let span = place.ident.span();
    let (p, vis, cfgs) = (private(place, span), &place.vis, &place.cfgs);
    let Facts { route, method, name, declared } = facts;
    let Url { generics, parameters, body, .. } = url;
    let With { parts, made } = with;
    let handler = unraw(&place.ident);
    let shown =
        route.map_or_else(|| format!("POST /comet/call/{name}"), |r| format!("{method} {r}"));
    let allow = quote!(#[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]);
    if let Some(owner) = &place.owner {
        let link_with = Ident::new(&format!("{handler}_url_with"), span);
        let doc = format!("Links to [`{handler}`](Self::{handler}): `{shown}`.");
        return quote_spanned! {span=>
            #(#cfgs)*
            #allow
            impl #owner {
                #[doc = #doc]
                #vis fn #link #generics (#parameters) -> #p::Url { #body }

                #[doc(hidden)]
                #vis const fn #link_with #parts { #made }
            }
        };
    }
    let doc = format!("Links to [`{handler}()`]: `{shown}`.");
    let url = format!("The URL of [`{handler}()`].");
    // The type is private already: a function that is, too, would be a second error for whoever names it.
    let open = match vis {
        Visibility::Inherited => quote!(pub(crate)),
        vis => vis.to_token_stream(),
    };
    quote_spanned! {span=>
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code, missing_debug_implementations)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        #vis enum #link {}
        impl #p::Declares<#link> for #link {
            const ENDPOINTS: &'static [#p::Declared] = &[#declared];
        }
        #allow
        impl #link {
            #[doc = #url]
            #open fn url #generics (#parameters) -> #p::Url { #body }

            #[doc(hidden)]
            #open const fn url_with #parts { #made }
        }
    }
}
