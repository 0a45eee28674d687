//! Types as expansions need them: without the user's lifetimes, without `Self`, and with one token that stands for them.

use proc_macro2::{Group, Ident, Punct, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericArgument, PathArguments, Type, TypeParamBound, TypePath};

use super::plain::is_plain;
use crate::model::Returned;
use crate::tokens;

/// The token at which the compiler is to complain about a type: the name of it.
pub(crate) fn anchor(ty: &Type) -> Span {
    match ty {
        Type::Path(TypePath { path, .. }) => {
            path.segments.last().map_or_else(|| tokens::start(ty), |segment| segment.ident.span())
        }
        Type::Reference(reference) => anchor(&reference.elem),
        Type::Slice(slice) => anchor(&slice.elem),
        Type::Array(array) => anchor(&array.elem),
        Type::Paren(paren) => anchor(&paren.elem),
        Type::Group(group) => anchor(&group.elem),
        Type::Tuple(tuple) => tuple.elems.first().map_or_else(|| tokens::start(ty), anchor),
        _ => tokens::start(ty),
    }
}

/// The type without invisible groups and parentheses around it.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// The name of a type that is a path: `Option` for `std::option::Option<u8>`.
pub(crate) fn name(ty: &Type) -> Option<&Ident> {
    let Type::Path(TypePath { path, .. }) = bare(ty) else { return None };
    path.segments.last().map(|segment| &segment.ident)
}

/// The type as it can be named outside of the signature and the block it stands in.
pub(super) fn portable(ty: &Type, owner: Option<&Type>) -> Type {
    if is_plain(ty) {
        return ty.clone();
    }
    let mut tokens = ty.to_token_stream();
    // `for<'a> fn(&'a T)` declares its own lifetimes.
    if !tokens::contains_word(tokens.clone(), "for") {
        tokens = without_lifetimes(tokens);
    }
    if let Some(owner) = owner {
        tokens = without_self(tokens, owner);
    }
    syn::parse2(tokens).unwrap_or_else(|_| ty.clone())
}

/// What a handler gives back, likewise.
pub(super) fn returned(ty: &Type, owner: Option<&Type>) -> Returned {
    let Type::ImplTrait(hidden) = bare(ty) else { return Returned::Value(portable(ty, owner)) };
    let item = hidden.bounds.iter().find_map(item);
    item.map_or(Returned::Hidden, |item| Returned::Items(portable(item, owner)))
}

/// `T` of `Stream<Item = T>`.
fn item(bound: &TypeParamBound) -> Option<&Type> {
    let TypeParamBound::Trait(bound) = bound else { return None };
    let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(assoc) if assoc.ident == "Item" => Some(&assoc.ty),
        _ => None,
    })
}

fn without_lifetimes(tokens: TokenStream) -> TokenStream {
    let mut after_quote = false;
    tokens::map(tokens, &mut |token| {
        let named = std::mem::replace(&mut after_quote, is_quote(&token));
        match token {
            TokenTree::Ident(name) if named && name != "static" => {
                quote!(_).into_iter().next().map_or(TokenTree::Ident(name), |elided| elided)
            }
            token => token,
        }
    })
}

fn is_quote(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\'')
}

fn without_self(tokens: TokenStream, owner: &Type) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let before_path = matches!(tokens.peek(), Some(TokenTree::Punct(p)) if is_colon(p));
        match token {
            TokenTree::Ident(word) if word == "Self" && before_path => out.extend(quote!(<#owner>)),
            TokenTree::Ident(word) if word == "Self" => out.extend(owner.to_token_stream()),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_self(group.stream(), owner));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            token => out.extend([token]),
        }
    }
    out
}

fn is_colon(punct: &Punct) -> bool {
    punct.as_char() == ':'
}
