//! One attribute of a handler, after its routes were read.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote_spanned};
use syn::Path;

use super::handler::Context;
use super::{names, placeholders};
use crate::errors::Errors;
use crate::model::{Argument, Endpoint, Late, Method, Route};
use crate::parse::{Attribute, Options};

/// What is known of the handler.
pub(super) struct Found<'h> {
    pub(super) context: &'h Context,
    pub(super) ident: &'h Ident,
    pub(super) arguments: &'h [Argument],
}

/// Checks the `nth` attribute.
pub(super) fn check(
    nth: usize,
    own: &Attribute,
    routes: Vec<Route>,
    found: &Found<'_>,
    errors: &mut Errors,
) -> Endpoint {
    let Attribute { options, .. } = own;
    without_route(options, errors);
    if nth > 0 {
        further(own, errors);
    }
    let sources = placeholders::sources(&routes, found, errors);
    let names = if nth == 0 { names::of(&options.names, found, errors) } else { Vec::new() };
    let by_name_only = if options.route.is_some() { Method::Get } else { Method::Post };
    let group = options.group.as_ref().map(syn::LitStr::value);
    Endpoint {
        kind: own.kind,
        names,
        routes,
        method: options.method.as_ref().map_or(by_name_only, |method| method.value),
        group: group.or_else(|| found.context.group.clone()).unwrap_or_default(),
        public: options.public.is_some() || found.context.public,
        timeout: options.timeout,
        body_limit: options.body_limit,
        on_timeout: options.on_timeout.as_ref().map(|path| late(path, found)),
        resume: options.resume,
        sources,
    }
}

/// The function of that path, with the block's type for `Self`.
fn late(path: &Path, found: &Found<'_>) -> Late {
    let anchor = path.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
    let owned = path.segments.first().is_some_and(|first| first.ident == "Self");
    let function = match &found.context.owner {
        Some(owner) if owned => {
            let (ty, rest) = (&owner.ty, path.segments.iter().skip(1));
            quote_spanned!(anchor=> <#ty>::#(#rest)::*)
        }
        _ => path.to_token_stream(),
    };
    Late { function, anchor }
}

/// Options that mean nothing for a handler that is called by name only.
fn without_route(options: &Options, errors: &mut Errors) {
    if options.route.is_some() {
        return;
    }
    if let Some(method) = &options.method {
        let message =
            "`method` belongs to a route, and there is none; a call by name is always a POST";
        errors.at(method.span, message);
    }
    if let Some(alias) = options.aliases.first() {
        errors.at(alias.span(), "an `alias` is a further route: give the first one as `route`");
    }
}

/// What only the first attribute of a handler has.
fn further(own: &Attribute, errors: &mut Errors) {
    if own.options.route.is_none() {
        let message = format!(
            "a second `{}` on one handler adds a route: `{}`",
            own.kind.attribute(),
            own.kind.attribute().replace(']', "(\"/…\")]")
        );
        errors.at(own.span, message);
    }
    for name in &own.options.names {
        errors.at(name.span(), "the names of a handler go on its first attribute");
    }
    if let Some(link) = &own.options.link {
        errors.at(link.span, "the link of a handler goes on its first attribute");
    }
    if let Some(root) = &own.options.root {
        errors.over(root, "`crate` goes on the first attribute");
    }
}
