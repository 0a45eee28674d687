//! The function that writes the URL of a route.

use comet_route::{Place as Hole, Placeholder};
use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::{LitStr, Type};

use super::{At, argument};
use crate::check::is_plain;
use crate::code::{Code, Piece as _, code};
use crate::model::{Argument, Handler, Lent, Place, Route, Source};
use crate::tokens::contains_word;

/// The parts of the function.
pub(super) struct Url {
    pub(super) generics: Code,
    pub(super) parameters: Code,
    pub(super) body: Code,
    /// The types of the placeholders.
    pub(super) types: Code,
}

impl Url {
    /// One URL, whatever the values.
    pub(super) fn fixed(p: &Ident, url: &str) -> Self {
        let body = code!(Span::call_site()=> #p::url("", ::core::format_args!(#url)));
        Self {
            generics: Code::default(),
            parameters: Code::default(),
            body,
            types: Code::default(),
        }
    }
}

/// The function for a route: a parameter for each placeholder, in the order of the route.
pub(super) fn url(handler: &Handler, route: &Route) -> Url {
    let (p, here) = (&At::of(&handler.place).p, Span::call_site());
    let Holes { parameters, values, literal, types, borrows } =
        holes(&handler.place, &handler.arguments, route);
    let (prefix, literal) = (&*route.prefix, &literal);
    let body = code!(here=> #values #p::url(#prefix, ::core::format_args!(#literal)));
    let generics = if borrows { code!(here=> <'__url>) } else { Code::default() };
    Url { generics, parameters, body, types }
}

/// What fills the placeholders of a route.
pub(crate) struct Holes {
    /// A parameter for each, in the order of the route.
    pub(crate) parameters: Code,
    /// Statements that write their values.
    pub(crate) values: Code,
    /// Their types.
    pub(crate) types: Code,
    /// The format string into which they go.
    pub(crate) literal: LitStr,
    /// Whether a type names the lifetime `'__url`.
    pub(crate) borrows: bool,
}

/// Fills the placeholders of a route with arguments of the same names.
pub(crate) fn holes(place: &Place, arguments: &[Argument], route: &Route) -> Holes {
    let mut parameters = Code::default();
    let mut values = Code::default();
    let mut types = Code::default();
    let mut borrows = false;
    for hole in route.full.names() {
        let named = |argument: &&Argument| argument.name == hole.name();
        let Some(argument) = arguments.iter().find(named) else { continue };
        let value = Value { at: At::new(place, argument.anchor), argument, hole, route };
        let ty = value.ty();
        let lasting = if is_plain(&argument.ty) {
            ty.clone()
        } else {
            let lasting = with_lifetime(ty.clone().into());
            borrows |= contains_word(lasting.clone(), "__url");
            Code::of(lasting)
        };
        value.parameter(lasting.clone()).write(&mut parameters);
        value.written(ty).write(&mut values);
        value.listed(lasting).write(&mut types);
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
    at: At,
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
    fn ty(&self) -> Code {
        let text = argument::is(&self.argument.ty, "String") && self.argument.lent == Lent::No;
        let anchor = self.argument.anchor;
        match &self.argument.ty {
            _ if text => Code::located(code!(Span::call_site()=> str), anchor),
            Type::Group(group) => Code::located(&*group.elem, anchor),
            ty => Code::located(ty, anchor),
        }
    }

    fn parameter(&self, ty: Code) -> Code {
        let (ident, At { span, p }) = (self.ident(), &self.at);
        code!(*span=> #ident: impl #p::Borrow<#ty>,)
    }

    fn listed(&self, ty: Code) -> Code {
        code!(self.at.span=> #ty,)
    }

    fn written(&self, ty: Code) -> Code {
        let (ident, At { span, p }) = (&self.ident(), &self.at);
        let in_query = self.hole.place() == Hole::Query;
        let source = if in_query { Source::Query } else { Source::Path };
        let witness = argument::witness(&self.at, source, ty, self.hole.name());
        match self.hole.place() {
            Hole::Path => code!(*span=> let #ident = #p::segment(#witness, &#ident);),
            Hole::Rest => code!(*span=> let #ident = #p::rest(#witness, &#ident);),
            Hole::Query => code!(*span=> let #ident = #p::pairs(#witness, &#ident);),
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
