//! One function or method.

use proc_macro2::Ident;
use syn::{Path, ReturnType, Type};

use super::{arguments, endpoint, routes, shape, types};
use crate::errors::Errors;
use crate::model::{Broken, Checked, Handler, Place, Returned, Returns};
use crate::parse::{Attribute, Function, Link};

/// What a handler has from the block it stands in.
pub(super) struct Context {
    pub(super) root: Option<Path>,
    pub(super) owner: Option<Owner>,
    pub(super) prefix: Option<comet_route::Prefix>,
    pub(super) group: Option<String>,
    pub(super) public: bool,
}

/// The type of a block.
pub(super) struct Owner {
    pub(super) ty: Type,
    /// The last segment of its path.
    pub(super) ident: Ident,
}

impl Context {
    /// For a function that stands alone.
    pub(super) fn of_function(root: Option<Path>) -> Self {
        Self { root, owner: None, prefix: None, group: None, public: false }
    }
}

/// Checks one function with all its attributes and adds it to what was checked.
pub(super) fn check(
    function: &Function,
    context: &Context,
    checked: &mut Checked,
    errors: &mut Errors,
) {
    let before = errors.len();
    let place = place(function, context);
    shape::check(function, context.owner.is_some(), errors);
    let routes: Vec<_> =
        function.own.iter().map(|own| routes::read(&own.options, context, errors)).collect();
    let arguments = arguments::read(&function.sig, context, &routes, errors);
    let mut endpoints = Vec::new();
    let found = endpoint::Found { context, ident: &place.ident, arguments: &arguments };
    for (nth, (own, routes)) in function.own.iter().zip(routes).enumerate() {
        endpoints.push(endpoint::check(nth, own, routes, &found, errors));
    }
    if errors.len() > before {
        checked.broken.push(Broken { placeholders: placeholders(&function.own), place });
        return;
    }
    let owner = context.owner.as_ref().map(|owner| &owner.ty);
    let returns = returns(function, owner);
    let takes_self = function.sig.receiver().is_some();
    let docs = docs(&function.attrs);
    checked.handlers.push(Handler { place, endpoints, arguments, takes_self, returns, docs });
}

/// What can be told of the number of placeholders, whatever is wrong with the route.
fn placeholders(own: &[Attribute]) -> usize {
    let route = own.first().and_then(|own| own.options.route.as_ref());
    route.map_or(0, |route| route.value().matches('{').count())
}

fn place(function: &Function, context: &Context) -> Place {
    let ident = function.sig.ident.clone();
    let wanted = function.own.first().and_then(|own| own.options.link.as_ref());
    let misplaced = context.owner.is_none() && shape::stands_in_block(&function.sig);
    let link = match wanted.map(|link| &link.value) {
        // In an `impl` block there is no room for the type that would stand beside it.
        _ if misplaced => None,
        Some(Link::No) => None,
        Some(Link::Named(name)) => Some(name.clone()),
        None if context.owner.is_some() => {
            let name = format!("{}_url", crate::tokens::unraw(&ident));
            crate::tokens::ident(&name, ident.span())
        }
        None => Some(ident.clone()),
    };
    let cfgs = function.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    Place {
        root: context.root.clone(),
        link,
        vis: function.vis.clone(),
        owner: context.owner.as_ref().map(|owner| owner.ty.clone()),
        cfgs: cfgs.cloned().collect(),
        ident,
    }
}

fn returns(function: &Function, owner: Option<&Type>) -> Returns {
    let sig = &function.sig;
    let ty = match &sig.output {
        ReturnType::Type(_, ty) => types::returned(ty, owner),
        ReturnType::Default => Returned::Nothing,
    };
    let anchor = match &sig.output {
        ReturnType::Type(_, ty) => types::anchor(ty),
        ReturnType::Default => sig.ident.span(),
    };
    Returns { ty, future: sig.asyncness.is_some(), anchor }
}

/// The first paragraph of the doc comment, on one line.
fn docs(attrs: &[syn::Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else {
            return None;
        };
        pair.path.is_ident("doc").then(|| text.value())
    });
    let lines: Vec<String> = lines.collect();
    let text = lines.join("\n");
    let mut words = text.trim_start().lines().map(str::trim).take_while(|line| !line.is_empty());
    words.by_ref().collect::<Vec<_>>().join(" ")
}
