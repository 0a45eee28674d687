//! What a function must be so that the runtime can call it for every request.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{FnArg, GenericParam, Pat, Receiver, ReceiverKind, ReturnType, Safety, Signature, Type};

use super::plain::{is_plain, lent};
use super::types;
use crate::errors::Errors;
use crate::model::Kind;
use crate::parse::Function;
use crate::tokens::{contains_word, find_word};

/// Checks everything about a function but its arguments.
pub(super) fn check(function: &Function, in_block: bool, errors: &mut Errors) {
    let sig = &function.sig;
    if !function.has_body {
        errors.at(sig.ident.span(), "a handler is a function with a body, not one of a trait");
    }
    qualifiers(sig, errors);
    generics(sig, errors);
    match sig.receiver() {
        Some(receiver) if in_block => method_receiver(receiver, errors),
        Some(receiver) => errors.at(
            receiver.self_token.span,
            "a free function has no `self`: put `#[comet]` on the `impl` block as well",
        ),
        None if !in_block => without_receiver(sig, errors),
        None => {}
    }
    asynchronous(function, errors);
}

fn qualifiers(sig: &Signature, errors: &mut Errors) {
    if let Some(constant) = &sig.constness {
        errors.at(constant.span, "a handler works at run time, so it cannot be `const`");
    }
    if let Safety::Unsafe(unsafety) = &sig.safety {
        let message = "the runtime calls this function for every request, so it cannot be `unsafe`";
        errors.at(unsafety.span, message);
    }
    if let Some(abi) = &sig.abi {
        errors.at(abi.extern_token.span, "a handler is a Rust function: remove `extern`");
    }
    if let Some(variadic) = &sig.variadic {
        errors.over(variadic.dots, "a handler has a fixed number of arguments");
    }
}

fn generics(sig: &Signature, errors: &mut Errors) {
    for param in &sig.generics.params {
        if !matches!(param, GenericParam::Lifetime(_)) {
            errors.over(param, "a handler is registered once, so it cannot be generic");
        }
    }
}

/// A function without a receiver looks alike in a block and in a module, unless it names the block's type.
fn without_receiver(sig: &Signature, errors: &mut Errors) {
    if let Some(span) = named_self(sig) {
        let message = "`Self` is the type of an `impl` block: put `#[comet]` on the block as well";
        errors.at(span, message);
    }
}

/// Where the signature says `Self`.
fn named_self(sig: &Signature) -> Option<Span> {
    let inputs = sig.inputs.iter().filter(|input| !is_plain_argument(input));
    let output = match &sig.output {
        ReturnType::Type(_, ty) if !is_plain(ty) => Some(ty.to_token_stream()),
        _ => None,
    };
    let said = inputs.map(ToTokens::to_token_stream).chain(output);
    find_word(said.collect(), "Self")
}

/// Whether it is a name of a type of names, which is plain to see.
fn is_plain_argument(input: &FnArg) -> bool {
    matches!(input, FnArg::Typed(typed) if matches!(*typed.pat, Pat::Ident(_)) && is_plain(lent(&typed.ty)))
}

/// Whether a function that seems to be free stands in a block all the same.
pub(super) fn stands_in_block(sig: &Signature) -> bool {
    sig.receiver().is_some() || named_self(sig).is_some()
}

fn method_receiver(receiver: &Receiver, errors: &mut Errors) {
    if !matches!(receiver.kind, ReceiverKind::Reference(_, _, None)) {
        let message = "handlers run concurrently and share one instance: take `&self`";
        errors.over(receiver, message);
    }
}

fn asynchronous(function: &Function, errors: &mut Errors) {
    let sig = &function.sig;
    let longpoll = function.own.iter().find(|own| own.kind == Kind::LongPoll);
    match (&sig.asyncness, &sig.output) {
        (None, ReturnType::Default) => {
            let word = longpoll.map_or("#[comet]", |own| own.kind.attribute());
            let name = &sig.ident;
            let skip = if function.own.iter().any(|own| own.implied) { SKIP } else { "" };
            errors.at(
                fn_span(sig),
                format!("`{word}` handlers are async: write `async fn {name}`{skip}"),
            );
        }
        (None, ReturnType::Type(..)) if longpoll.is_some() => {
            let message = "a `#[longpoll]` handler replies once: write `async fn`, or use `#[comet]` for a stream";
            errors.at(fn_span(sig), message);
        }
        (Some(asyncness), ReturnType::Type(_, ty)) if is_stream(ty) => {
            let message =
                format!("a handler that returns a stream is not `async`: write `fn {}`", sig.ident);
            errors.at(asyncness.span, message);
        }
        _ => {}
    }
}

const SKIP: &str = ", or `#[comet(skip)]` if it is not for browsers";

fn fn_span(sig: &Signature) -> Span {
    sig.fn_token.span
}

/// Whether it says `impl Stream`.
fn is_stream(ty: &Type) -> bool {
    let Type::ImplTrait(ty) = types::bare(ty) else { return false };
    ty.bounds.iter().any(|bound| contains_word(bound.to_token_stream(), "Stream"))
}
