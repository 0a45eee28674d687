//! An `impl` block.

use syn::{Type, Visibility};

use super::handler::{self, Context, Owner};
use super::{duplicates, routes, types};
use crate::errors::Errors;
use crate::model::{Checked, Kind};
use crate::parse::{Attribute, Block, Function};
use crate::tokens::start;

/// Checks the block and every function in it that is a handler.
pub(super) fn check(block: &Block, errors: &mut Errors) -> Checked {
    let mut checked = Checked::default();
    let Some(context) = context(block, errors) else { return checked };
    let before = errors.len();
    for function in &block.functions {
        if function.own.first().is_some_and(|first| exposed(function, first, errors)) {
            handler::check(function, &context, &mut checked, errors);
        }
    }
    if checked.handlers.is_empty() && errors.len() == before {
        let message = "no handler in this block: handlers are its `pub` methods";
        errors.at(block.impl_span, message);
    }
    duplicates::check(&checked.handlers, errors);
    checked
}

/// What all handlers of the block have in common, if it can have any.
fn context(block: &Block, errors: &mut Errors) -> Option<Context> {
    let before = errors.len();
    let owner = owner(block, errors);
    let options = &block.own.options;
    let prefix = options.prefix.as_ref().and_then(|prefix| routes::prefix(prefix, errors));
    if block.own.kind == Kind::LongPoll {
        let message = "`#[comet]` goes on the `impl` block, `#[longpoll]` on its methods";
        errors.at(block.impl_span, message);
    }
    if errors.len() > before {
        return None;
    }
    Some(Context {
        root: options.root.clone(),
        owner,
        prefix,
        group: options.group.as_ref().map(syn::LitStr::value),
        public: options.public.is_some(),
    })
}

fn owner(block: &Block, errors: &mut Errors) -> Option<Owner> {
    if let Some(of_trait) = &block.of_trait {
        errors.over(of_trait, "`#[comet]` works on inherent `impl` blocks, not on those of traits");
        return None;
    }
    if let Some(param) = block.generics.params.first() {
        let message = "handlers are registered once, so the `impl` block cannot be generic";
        errors.over(param, message);
        return None;
    }
    if let Some(lifetime) = elided(&block.ty) {
        errors
            .at(lifetime, "handlers need a type without lifetimes, which lives as long as the app");
        return None;
    }
    let Some(ident) = types::name(&block.ty).cloned() else {
        errors.at(start(&block.ty), "handlers need a type with a name");
        return None;
    };
    Some(Owner { ty: block.ty.clone(), ident })
}

fn elided(ty: &Type) -> Option<proc_macro2::Span> {
    let Type::Path(path) = types::bare(ty) else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments
    else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Lifetime(lifetime) if lifetime.ident != "static" => {
            Some(lifetime.span())
        }
        _ => None,
    })
}

/// Whether an annotated function is to be a handler; says what is wrong if it cannot be.
fn exposed(function: &Function, first: &Attribute, errors: &mut Errors) -> bool {
    let private = matches!(function.vis, Visibility::Inherited);
    if let Some(skip) = function.own.iter().find_map(|own| own.options.skip) {
        if function.own.len() > 1 || first.options.given > 1 {
            errors.at(skip, "a skipped method has no other options");
        } else if private {
            errors.at(skip, "a private method is never exposed: remove the `skip`");
        }
        return false;
    }
    if private {
        let word = first.kind.attribute();
        let message =
            format!("a private method is never exposed: make it `pub`, or remove the `{word}`");
        errors.at(first.span, message);
    }
    !private
}
