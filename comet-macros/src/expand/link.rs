//! The typed link of a handler: beside a function a type of its name, on a type a function more.

use comet_route::{Place as Hole, Placeholder};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{LitStr, Type};

use super::{argument, private, span_at};
use crate::model::{Argument, Handler, Lent, Place, Route, Source};
use crate::tokens::{self, located_at, unraw};

/// What others name to write a URL of the handler.
pub(crate) fn link(handler: &Handler) -> TokenStream {
    let Some(first) = handler.endpoints.first() else { return TokenStream::new() };
    let place = &handler.place;
    let p = private(place, place.ident.span());
    let called = first.names.first().map_or("", |name| name.text.as_str());
    let by_name = format!("/comet/call/{called}");
    let (parameters, body) = match first.routes.first() {
        Some(route) => url(handler, route),
        None => (TokenStream::new(), quote!(#p::url("", ::core::format_args!(#by_name)))),
    };
    let route = first.routes.first().map(|route| route.full.source());
    let method = first.method.registered();
    let facts = Facts { route, method, name: called };
    write(place, &facts, &parameters, &body)
}

/// The link of a handler that was refused: it can be named, so that nothing else is wrong.
pub(crate) fn stub(place: &Place, placeholders: usize) -> TokenStream {
    let p = private(place, place.ident.span());
    let parameters = (0..placeholders).map(|_| quote!(_: impl ::core::marker::Sized,)).collect();
    let facts = Facts { route: None, method: "", name: "" };
    write(place, &facts, &parameters, &quote!(#p::url("", ::core::format_args!(""))))
}

struct Facts<'h> {
    route: Option<&'h str>,
    method: &'h str,
    name: &'h str,
}

fn write(
    place: &Place,
    facts: &Facts<'_>,
    parameters: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let Some(link) = &place.link else { return TokenStream::new() };
    let (p, vis, cfgs) = (private(place, place.ident.span()), &place.vis, &place.cfgs);
    let Facts { route, method, name } = facts;
    let handler = unraw(&place.ident);
    let shown =
        route.map_or_else(|| format!("POST /comet/call/{name}"), |r| format!("{method} {r}"));
    let allow = quote!(#[allow(dead_code, clippy::all, clippy::pedantic, clippy::restriction)]);
    if let Some(owner) = &place.owner {
        let doc = format!("Links to [`{handler}`](Self::{handler}): `{shown}`.");
        return quote! {
            #(#cfgs)*
            #allow
            impl #owner {
                #[doc = #doc]
                #vis fn #link(#parameters) -> #p::Url { #body }
            }
        };
    }
    let doc = format!("Links to [`{handler}()`]: `{shown}`.");
    let url = format!("The URL of [`{handler}()`].");
    let route = route.map_or_else(
        || quote!(::core::option::Option::None),
        |route| quote!(::core::option::Option::Some(#route)),
    );
    quote! {
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code, missing_debug_implementations)]
        #[allow(clippy::all, clippy::pedantic, clippy::restriction)]
        #vis enum #link {}
        impl #p::Link for #link {
            const ROUTE: ::core::option::Option<&'static str> = #route;
            const NAME: &'static str = #name;
            const METHOD: &'static str = #method;
        }
        #allow
        impl #link {
            #[doc = #url]
            #vis fn url(#parameters) -> #p::Url { #body }
        }
    }
}

/// The parameters and the body of a function that writes the URL of a route.
fn url(handler: &Handler, route: &Route) -> (TokenStream, TokenStream) {
    let p = private(&handler.place, handler.place.ident.span());
    let mut parameters = TokenStream::new();
    let mut values = TokenStream::new();
    for hole in route.full.names() {
        let named = |argument: &&Argument| argument.name == hole.name();
        let Some(argument) = handler.arguments.iter().find(named) else { continue };
        let value = Value { place: &handler.place, argument, hole, route };
        parameters.extend(value.parameter());
        values.extend(value.written());
    }
    let (prefix, literal) = (&route.prefix, formatted(route));
    (parameters, quote!(#values #p::url(#prefix, ::core::format_args!(#literal))))
}

/// The user's own literal, in which editors then see the arguments; a rest is no format string as it is.
fn formatted(route: &Route) -> LitStr {
    if route.full.names().iter().all(|hole| hole.place() != Hole::Rest) {
        return route.literal.clone();
    }
    LitStr::new(&route.literal.value().replace("{*", "{"), route.literal.span())
}

/// One value of a URL.
struct Value<'h> {
    place: &'h Place,
    argument: &'h Argument,
    hole: &'h Placeholder,
    route: &'h Route,
}

impl Value<'_> {
    /// The argument's name where it is written, found by whoever the literal belongs to.
    fn ident(&self) -> Ident {
        let mut ident = self.argument.ident.clone();
        ident.set_span(ident.span().resolved_at(self.route.literal.span()));
        ident
    }

    /// What is borrowed: for a `String` any text.
    fn ty(&self) -> TokenStream {
        let owned_text = argument::is(&self.argument.ty, "String");
        let text = owned_text && self.argument.lent == Lent::No;
        let ty: TokenStream = match &self.argument.ty {
            _ if text => quote!(str),
            Type::Group(group) => group.elem.to_token_stream(),
            ty => ty.to_token_stream(),
        };
        located_at(ty, self.argument.anchor)
    }

    fn parameter(&self) -> TokenStream {
        let (ident, ty) = (self.ident(), self.ty());
        let span = span_at(self.place, self.argument.anchor);
        quote_spanned!(span=> #ident: impl ::core::borrow::Borrow<#ty>,)
    }

    fn written(&self) -> TokenStream {
        let (ident, ty, name) = (self.ident(), self.ty(), self.hole.name());
        let span = span_at(self.place, self.argument.anchor);
        let p = private(self.place, self.argument.anchor);
        let in_query = self.hole.place() == Hole::Query;
        let source = if in_query { Source::Query } else { Source::Path };
        let text = tokens::contains_word(ty.clone(), "str");
        let witness = if text && source == Source::Path {
            quote_spanned!(span=> #p::route_parameter::<#ty>())
        } else if text && argument::is(&self.argument.ty, "String") {
            quote_spanned!(span=> #p::query_parameter::<#ty>())
        } else {
            argument::witness(self.place, self.argument, source)
        };
        let borrowed = quote_spanned!(span=> ::core::borrow::Borrow::<#ty>::borrow(&#ident));
        match self.hole.place() {
            Hole::Path => quote_spanned!(span=> let #ident = #p::segment(#witness, #borrowed);),
            Hole::Rest => quote_spanned!(span=> let #ident = #p::rest(#witness, #borrowed);),
            Hole::Query => {
                quote_spanned!(span=> let #ident = #p::pairs(#witness, #name, #borrowed);)
            }
        }
    }
}
