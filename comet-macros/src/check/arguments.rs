//! The arguments of a handler.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{FnArg, GenericArgument, Pat, PatType, PathArguments, Signature, Type, TypeReference};

use super::handler::Context;
use super::plain::{self, is_plain};
use super::types;
use crate::errors::Errors;
use crate::model::{Argument, Lent, Route};
use crate::tokens::{contains_word, start, unraw};

/// Reads all arguments but the receiver.
pub(super) fn read(
    sig: &Signature,
    context: &Context,
    routes: &[Vec<Route>],
    errors: &mut Errors,
) -> Vec<Argument> {
    let owner = context.owner.as_ref().map(|owner| &owner.ty);
    let typed = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    typed.map(|typed| one(typed, owner, routes, errors)).collect()
}

fn one(
    typed: &PatType,
    owner: Option<&Type>,
    routes: &[Vec<Route>],
    errors: &mut Errors,
) -> Argument {
    if let Some(cfg) = typed.attrs.iter().find(|attribute| is_conditional(attribute)) {
        errors.over(cfg.path(), "arguments cannot be conditional");
    }
    if !is_plain(plain::lent(&typed.ty)) && contains_word(typed.ty.to_token_stream(), "impl") {
        let message = "a handler is registered once, so its arguments need concrete types";
        errors.over(&typed.ty, message);
    }
    let ident = named(&typed.pat).unwrap_or_else(|| {
        let message = "a handler's argument needs a plain name; take it apart in the body";
        errors.over(&typed.pat, message);
        unnamed(&typed.pat)
    });
    let (lent, ty) = lent(&typed.ty);
    let name = if matches!(*typed.pat, Pat::Wild(_)) { "_".to_owned() } else { unraw(&ident) };
    if let Type::Reference(reference) = types::bare(&typed.ty) {
        borrowed_for_ever(reference, is_named(&name, routes), errors);
    } else if let Some(reference) = inside(&typed.ty) {
        borrowed_inside(reference, is_named(&name, routes), errors);
    }
    let anchor = types::anchor(&typed.ty);
    Argument { name, ident, ty: types::portable(ty, owner), lent, anchor }
}

fn is_conditional(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
}

/// The one name in a pattern: `page`, `mut page`, `Json(body)`.
fn named(pat: &Pat) -> Option<Ident> {
    match pat {
        Pat::Ident(pat) if pat.subpat.is_none() => Some(pat.ident.clone()),
        Pat::Wild(_) => Some(unnamed(pat)),
        Pat::TupleStruct(pat) if pat.elems.len() == 1 => pat.elems.first().and_then(named),
        Pat::Paren(pat) => named(&pat.pat),
        _ => None,
    }
}

fn unnamed(pat: &Pat) -> Ident {
    Ident::new("unnamed", start(pat))
}

fn lent(ty: &Type) -> (Lent, &Type) {
    match types::bare(ty) {
        Type::Reference(reference) if reference.mutability.is_some() => {
            (Lent::Exclusive, types::bare(&reference.elem))
        }
        Type::Reference(reference) => (Lent::Shared, types::bare(&reference.elem)),
        ty => (Lent::No, ty),
    }
}

fn is_named(name: &str, routes: &[Vec<Route>]) -> bool {
    routes.iter().flatten().any(|route| route.full.names().iter().any(|hole| hole.name() == name))
}

/// What a handler borrows lives as long as its call.
fn borrowed_for_ever(reference: &TypeReference, in_route: bool, errors: &mut Errors) {
    let Some(lifetime) = reference.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static")
    else {
        return;
    };
    let message = if in_route {
        "a route parameter borrows from the request: write `&str`, or take a `String`"
    } else {
        "an argument is borrowed from the call: remove the `'static`"
    };
    errors.at(lifetime.span(), message);
}

/// The reference in an `Option<&T>` or a `Vec<&T>`.
fn inside(ty: &Type) -> Option<&TypeReference> {
    let Type::Path(path) = types::bare(ty) else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let Some(GenericArgument::Type(of)) = arguments.args.first() else { return None };
    match types::bare(of) {
        Type::Reference(reference) if last.ident == "Option" || last.ident == "Vec" => {
            Some(reference)
        }
        _ => None,
    }
}

/// Only a URL is there to be borrowed from as long as the handler runs: what a caller sends is read into values.
fn borrowed_inside(reference: &TypeReference, in_route: bool, errors: &mut Errors) {
    if in_route {
        return borrowed_for_ever(reference, in_route, errors);
    }
    let message = "an argument of the call cannot be borrowed in here: leave out the `&`, and take \
                   a `String` for a `str`";
    errors.at(reference.and_token.span, message);
}
