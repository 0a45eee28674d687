//! The type that `#[channel]` stands on. Its fields or variants stay opaque.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Generics, Visibility};

use crate::errors::Errors;
use crate::parse::keyword;

/// The head of a struct or an enum.
pub(super) struct Item {
    /// All of it, without a further `#[channel]`.
    pub(super) own: TokenStream,
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    /// Which a channel's type cannot be.
    pub(super) is_generic: bool,
}

/// Reads the item. Nothing is left to check when it is no type.
pub(super) fn read(item: TokenStream, errors: &mut Errors) -> Option<Item> {
    let parse = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        match keyword(input) {
            Some(word) if word == "struct" || word == "enum" => {
                published(attrs, vis, input, errors).map(Some)
            }
            other => {
                let span = other.as_ref().map_or_else(Span::call_site, Ident::span);
                errors.at(span, misplaced(other.as_ref()));
                input.parse::<TokenStream>().map(|_| None)
            }
        }
    };
    parse.parse2(item).unwrap_or_else(|error| {
        errors.push(error);
        None
    })
}

fn published(
    attrs: Vec<Attribute>,
    vis: Visibility,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> syn::Result<Item> {
    let keyword: Ident = input.call(syn::ext::IdentExt::parse_any)?;
    let ident: Ident = input.parse()?;
    let generics: Generics = input.parse()?;
    let body: TokenStream = input.parse()?;
    let is_generic = !generics.params.is_empty();
    if let Some(parameter) = generics.params.first() {
        let message = "a channel is declared once, so its type cannot be generic";
        errors.over(parameter, message);
    }
    let (further, attrs): (Vec<_>, Vec<_>) = attrs.into_iter().partition(is_channel);
    for attribute in further {
        let message = "a type has one pattern; publish another type on the other";
        errors.over(attribute.path(), message);
    }
    Ok(Item {
        own: quote!(#(#attrs)* #vis #keyword #ident #generics #body),
        vis,
        ident,
        is_generic,
    })
}

fn is_channel(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "channel")
}

fn misplaced(found: Option<&Ident>) -> String {
    let place = "`#[channel]` goes on the `struct` or `enum` that is published";
    match found.map(Ident::to_string).as_deref() {
        Some("fn") => format!(
            "{place}; a function is made a handler by `#[comet]` or `#[longpoll]`, and decides who \
             may follow a channel by `access = …`"
        ),
        Some("union") => format!("{place}; a union has no JSON"),
        Some("type") => format!("{place}, not on another name for it"),
        Some("impl" | "trait") => format!("{place}, not on what it can do"),
        _ => place.to_owned(),
    }
}
