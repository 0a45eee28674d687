//! The routes of one attribute, by the grammar that the runtime reads them with.

use comet_route::{ParseError, Prefix};
use syn::LitStr;

use super::handler::Context;
use crate::errors::Errors;
use crate::model::Route;
use crate::parse::Options;

/// Reads the route and its aliases; the ones that are wrong are left out.
pub(super) fn read(options: &Options, context: &Context, errors: &mut Errors) -> Vec<Route> {
    let literals = options.route.iter().chain(&options.aliases);
    literals.filter_map(|literal| one(literal, context.prefix.as_ref(), errors)).collect()
}

fn one(literal: &LitStr, prefix: Option<&Prefix>, errors: &mut Errors) -> Option<Route> {
    let source = literal.value();
    let own = match comet_route::Route::parse_all(&source) {
        Ok(own) => own,
        Err(wrong) => {
            for error in &wrong {
                errors.at(literal.span(), error.render(&source));
            }
            return None;
        }
    };
    let Some(prefix) = prefix else {
        return reserved(&own, literal, errors).then(|| Route {
            literal: literal.clone(),
            prefix: String::new(),
            full: own,
        });
    };
    if own.repeats_prefix(prefix) {
        let shown = prefix.source();
        let range = 0..shown.len().min(source.len());
        let message =
            format!("the route repeats the prefix `{shown}`, which goes before it anyway");
        let error = ParseError::new(range, message, "write what follows the prefix only");
        errors.at(literal.span(), error.render(&source));
        return None;
    }
    match own.join(prefix) {
        Ok(full) => {
            Some(Route { literal: literal.clone(), prefix: prefix.source().to_owned(), full })
        }
        Err(error) => {
            errors.at(literal.span(), error.message);
            None
        }
    }
}

/// Whether the path is free; says so if not.
fn reserved(route: &comet_route::Route, literal: &LitStr, errors: &mut Errors) -> bool {
    if route.is_reserved() {
        let message = "paths below `/comet` are Comet's own";
        let error = ParseError::new(0.."/comet".len(), message, "choose another first segment");
        errors.at(literal.span(), error.render(route.source()));
    }
    !route.is_reserved()
}

/// Reads the prefix of a block.
pub(super) fn prefix(literal: &LitStr, errors: &mut Errors) -> Option<Prefix> {
    let source = literal.value();
    let prefix = match Prefix::parse(&source) {
        Ok(prefix) => prefix,
        Err(error) => {
            errors.at(literal.span(), error.render(&source));
            return None;
        }
    };
    let route = comet_route::Route::parse(&source).ok()?;
    reserved(&route, literal, errors).then_some(prefix)
}
