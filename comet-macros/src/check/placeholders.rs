//! Placeholders and arguments: what the route names, the handler must have.

use comet_route::{ParseError, Place};
use proc_macro2::Ident;
use syn::LitStr;

use super::endpoint::Found;
use super::types;
use crate::errors::{Errors, UnknownPlaceholder};
use crate::model::{Argument, Route, Source};

/// Where each argument comes from, after checking that the routes and the arguments agree.
pub(super) fn sources(routes: &[Route], found: &Found<'_>, errors: &mut Errors) -> Vec<Source> {
    for route in routes {
        unknown(route, found, errors);
    }
    if let Some((first, aliases)) = routes.split_first() {
        for alias in aliases {
            same_places(first, alias, errors);
        }
    }
    found.arguments.iter().map(|argument| source(argument, routes.first(), errors)).collect()
}

fn source(argument: &Argument, route: Option<&Route>, errors: &mut Errors) -> Source {
    match route.and_then(|route| place(route, &argument.name)) {
        None => Source::Type,
        Some(Place::Query) => Source::Query,
        Some(Place::Path | Place::Rest) => {
            if types::name(&argument.ty).is_some_and(|name| name == "Option") {
                let name = &argument.name;
                let message = format!(
                    "a path parameter is always present: move it to the query (`?{{{name}}}`)"
                );
                errors.at(argument.anchor, message);
            }
            Source::Path
        }
    }
}

fn place(route: &Route, name: &str) -> Option<Place> {
    route.full.names().iter().find(|hole| hole.name() == name).map(comet_route::Placeholder::place)
}

/// An alias takes every argument from where the route takes it.
fn same_places(route: &Route, alias: &Route, errors: &mut Errors) {
    for hole in route.full.names() {
        let in_path = |place| place != Place::Query;
        let same = place(alias, hole.name()).is_some_and(|p| in_path(p) == in_path(hole.place()));
        if !same {
            let name = hole.name();
            let part = if in_path(hole.place()) { "path" } else { "query" };
            let message = format!(
                "an alias has the placeholders of the route: `{{{name}}}` is missing in the {part}; \
                 for a route of its own, stack a second attribute"
            );
            errors.at(alias.literal.span(), message);
        }
    }
    for hole in alias.full.names() {
        if place(route, hole.name()).is_none() {
            let name = hole.name();
            let message =
                format!("an alias has the placeholders of the route, which has no `{{{name}}}`");
            errors.at(alias.literal.span(), message);
        }
    }
}

fn unknown(route: &Route, found: &Found<'_>, errors: &mut Errors) {
    let names = || found.arguments.iter().filter(|argument| argument.name != "_");
    for hole in route.full.names() {
        if names().any(|argument| argument.name == hole.name()) {
            continue;
        }
        let nearest = comet_route::nearest(hole.name(), names().map(|argument| &*argument.name));
        let nearest = nearest.and_then(|name| names().find(|argument| argument.name == name));
        if is_plain(&route.literal) && route.full.names().iter().all(|h| h.place() != Place::Rest) {
            errors.unknown_placeholder(UnknownPlaceholder {
                root: found.context.root.clone(),
                route: route.literal.clone(),
                names: route.full.names().iter().map(|hole| hole.name().to_owned()).collect(),
                unknown: hole.name().to_owned(),
                nearest: nearest.map(|argument| argument.ident.clone()),
                arguments: names().map(|argument| argument.ident.clone()).collect(),
            });
        } else {
            let nearest = nearest.map(|argument| &*argument.name);
            errors.at(route.literal.span(), drawn(route, hole, nearest, found.ident));
        }
    }
}

/// Whether the literal spells its value, so that the compiler can point into it.
fn is_plain(literal: &LitStr) -> bool {
    literal.token().to_string() == format!("\"{}\"", literal.value())
}

fn drawn(
    route: &Route,
    hole: &comet_route::Placeholder,
    nearest: Option<&str>,
    handler: &Ident,
) -> String {
    let source = route.literal.value();
    let before = route.full.source().len() - source.len();
    let range = hole.range();
    let range = range.start.saturating_sub(before)..range.end.saturating_sub(before);
    let shown = source.get(range.clone()).unwrap_or_default();
    let message = format!("`{shown}` in the route names no argument of `{handler}`");
    let help = nearest.map_or_else(
        || format!("add an argument `{}`", hole.name()),
        |name| format!("did you mean `{}`?", shown.replace(hole.name(), name)),
    );
    ParseError::new(range, message, help).render(&source)
}
