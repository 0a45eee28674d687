//! Placeholders and their declarations: each `{list}` of the pattern has one `list: Type`.

use comet_route::{ParseError, Placeholder};
use syn::{LitStr, Type};

use super::options::{Options, Parameter};
use super::reword::without_slash;
use crate::check::{anchor, type_name};
use crate::errors::Errors;
use crate::model::{Argument, Lent, Route};
use crate::tokens::unraw;

/// The declared parameters, as far as they are right.
pub(super) fn declared(parameters: &[Parameter], errors: &mut Errors) -> Vec<Argument> {
    let mut declared: Vec<Argument> = Vec::new();
    for Parameter { ident, ty } in parameters {
        let name = unraw(ident);
        if declared.iter().any(|other| other.name == name) {
            errors.at(ident.span(), format!("`{name}` is declared twice"));
            continue;
        }
        // What follows the colon may be no type, which was said; the name is declared all the same.
        let ty = ty.clone().unwrap_or_else(|| syn::parse_quote!(()));
        let anchor = anchor(&ty);
        if let Some(message) = unfit(&ty) {
            errors.at(anchor, message);
        }
        declared.push(Argument { name, ident: ident.clone(), ty, lent: Lent::No, anchor });
    }
    declared
}

/// Why a value of the type cannot be kept by whoever follows.
fn unfit(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Group(group) => unfit(&group.elem),
        Type::Reference(reference) if type_name(&reference.elem).is_some_and(|n| n == "str") => {
            Some("a channel owns its parameters: take a `String`")
        }
        Type::Reference(_) => Some("a channel owns its parameters: leave out the `&`"),
        Type::ImplTrait(_) | Type::Infer(_) => Some("a channel's parameter has one concrete type"),
        ty if type_name(ty).is_some_and(|name| name == "Option") => {
            Some("a channel's parameter is always present: leave out the `Option`")
        }
        _ => None,
    }
}

/// The parameters in the order of the pattern; says which placeholder has none and which one has no placeholder.
pub(super) fn in_order(
    pattern: &Route,
    mut declared: Vec<Argument>,
    options: &Options,
    errors: &mut Errors,
) -> Vec<Argument> {
    let mut missing: Vec<&Placeholder> = Vec::new();
    let mut ordered = Vec::new();
    for hole in pattern.full.names() {
        match declared.iter().position(|parameter| parameter.name == hole.name()) {
            Some(at) => ordered.push(declared.remove(at)),
            // Given, but in a wrong form, which was said; or it may be what could not be read.
            None if options.garbled || options.given(&format!("{{{}}}", hole.name())).is_some() => {
            }
            None => missing.push(hole),
        }
    }
    for parameter in declared {
        let names = missing.iter().map(|hole| hole.name());
        let meant = comet_route::nearest(&parameter.name, names).map(str::to_owned);
        let message = format!("the pattern has no `{{{}}}`", parameter.name);
        let message = match &meant {
            Some(name) => format!("{message}, did you mean `{name}`?"),
            None => message,
        };
        errors.at(parameter.ident.span(), message);
        missing.retain(|hole| Some(hole.name()) != meant.as_deref());
    }
    for hole in missing {
        undeclared(hole, &pattern.literal, errors);
    }
    ordered
}

fn undeclared(hole: &Placeholder, literal: &LitStr, errors: &mut Errors) {
    let name = hole.name();
    let range = without_slash(&hole.range());
    let message = format!("`{{{name}}}` in the pattern has no type");
    let help = format!("declare it beside the pattern: `{name}: Type`");
    errors.at(literal.span(), ParseError::new(range, message, help).render(&literal.value()));
}
