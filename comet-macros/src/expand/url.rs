//! The function that writes the URL of a route.

use comet_route::{Place as Hole, Placeholder};
use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{LitStr, Type};

use super::{argument, short, span_at};
use crate::check::is_plain;
use crate::model::{Argument, Handler, Lent, Place, Route, Source};
use crate::tokens::{contains_word, located_at};

/// The parts of the function.
pub(super) struct Url {
    pub(super) generics: TokenStream,
    pub(super) parameters: TokenStream,
    pub(super) body: TokenStream,
    /// The types of the placeholders.
    pub(super) types: TokenStream,
}

impl Url {
    /// One URL, whatever the values.
    pub(super) fn fixed(p: &Ident, url: &str) -> Self {
        let body = quote!(#p::url("", ::core::format_args!(#url)));
        let (generics, parameters) = (TokenStream::new(), TokenStream::new());
        Self { generics, parameters, body, types: TokenStream::new() }
    }
}

/// The function for a route: a parameter for each placeholder, in the order of the route.
pub(super) fn url(handler: &Handler, route: &Route) -> Url {
    let p = short(&handler.place, handler.place.ident.span());
    let Holes { parameters, values, literal, types, borrows } =
        holes(&handler.place, &handler.arguments, route);
    let prefix = &route.prefix;
    let body = quote!(#values #p::url(#prefix, ::core::format_args!(#literal)));
    Url { generics: if borrows { quote!(<'__url>) } else { quote!() }, parameters, body, types }
}

/// What fills the placeholders of a route.
pub(crate) struct Holes {
    /// A parameter for each, in the order of the route.
    pub(crate) parameters: TokenStream,
    /// Statements that write their values.
    pub(crate) values: TokenStream,
    /// Their types, each in a `Tag`.
    pub(crate) types: TokenStream,
    /// The format string into which they go.
    pub(crate) literal: LitStr,
    /// Whether a type names the lifetime `'__url`.
    pub(crate) borrows: bool,
}

/// Fills the placeholders of a route with arguments of the same names.
pub(crate) fn holes(place: &Place, arguments: &[Argument], route: &Route) -> Holes {
    let mut parameters = TokenStream::new();
    let mut values = TokenStream::new();
    let mut types = TokenStream::new();
    let mut borrows = false;
    for hole in route.full.names() {
        let named = |argument: &&Argument| argument.name == hole.name();
        let Some(argument) = arguments.iter().find(named) else { continue };
        let value = Value { place, argument, hole, route };
        let ty = value.ty();
        let plain = is_plain(&argument.ty);
        let lasting = if plain { ty.clone() } else { with_lifetime(ty.clone()) };
        parameters.extend(value.parameter(&lasting));
        values.extend(value.written(&ty));
        borrows |= !plain && contains_word(lasting.clone(), "__url");
        types.extend(value.tag(&lasting));
    }
    Holes { parameters, values, types, literal: formatted(route), borrows }
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
    fn span(&self) -> Span {
        span_at(self.place, self.argument.anchor)
    }

    /// The argument's name where it is written, found by whoever the literal belongs to.
    fn ident(&self) -> Ident {
        let mut ident = self.argument.ident.clone();
        ident.set_span(ident.span().resolved_at(self.route.literal.span()));
        ident
    }

    /// What is borrowed: for a `String` any text.
    fn ty(&self) -> TokenStream {
        let text = argument::is(&self.argument.ty, "String") && self.argument.lent == Lent::No;
        let ty: TokenStream = match &self.argument.ty {
            _ if text => quote!(str),
            Type::Group(group) => group.elem.to_token_stream(),
            ty => ty.to_token_stream(),
        };
        located_at(ty, self.argument.anchor)
    }

    fn parameter(&self, ty: &TokenStream) -> TokenStream {
        let (ident, span) = (self.ident(), self.span());
        let p = short(self.place, self.argument.anchor);
        quote_spanned!(span=> #ident: impl #p::Borrow<#ty>,)
    }

    fn tag(&self, ty: &TokenStream) -> TokenStream {
        let (p, span) = (short(self.place, self.argument.anchor), self.span());
        quote_spanned!(span=> #p::Tag<#ty>,)
    }

    fn written(&self, ty: &TokenStream) -> TokenStream {
        let (ident, span) = (self.ident(), self.span());
        let p = short(self.place, self.argument.anchor);
        let in_query = self.hole.place() == Hole::Query;
        let source = if in_query { Source::Query } else { Source::Path };
        let witness = argument::witness(&p, span, source, ty);
        match self.hole.place() {
            Hole::Path => quote_spanned!(span=> let #ident = #p::segment(#witness, &#ident);),
            Hole::Rest => quote_spanned!(span=> let #ident = #p::rest(#witness, &#ident);),
            Hole::Query => {
                let name = self.hole.name();
                quote_spanned!(span=> let #ident = #p::pairs(#witness, #name, &#ident);)
            }
        }
    }
}

/// The type with one lifetime wherever it has none by name, which a bound cannot do without.
fn with_lifetime(ty: TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut tokens = ty.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let span = token.span();
        let lifetime = || {
            let mut quote = Punct::new('\'', Spacing::Joint);
            quote.set_span(span);
            [TokenTree::Punct(quote), TokenTree::Ident(Ident::new("__url", span))]
        };
        let named = |token: &TokenTree| is_punct(token, '\'');
        match token {
            TokenTree::Group(group) => {
                let mut inner =
                    proc_macro2::Group::new(group.delimiter(), with_lifetime(group.stream()));
                inner.set_span(group.span());
                out.push(TokenTree::Group(inner));
            }
            token if is_punct(&token, '&') && !tokens.peek().is_some_and(named) => {
                out.push(token);
                out.extend(lifetime());
            }
            token if is_punct(&token, '\'') => match tokens.next() {
                Some(TokenTree::Ident(name)) if name == "_" => out.extend(lifetime()),
                name => out.extend([token].into_iter().chain(name)),
            },
            token => out.push(token),
        }
    }
    out.into_iter().collect()
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}
