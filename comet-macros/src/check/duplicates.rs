//! Routes and names that are taken already, as far as one attribute sees. What it does not see, the guards in the
//! expansion do.

use crate::errors::Errors;
use crate::model::{Endpoint, Handler, Method, Name, Route};

/// Checks the handlers of one item against each other.
pub(super) fn check(handlers: &[Handler], errors: &mut Errors) {
    let mut routes: Vec<Taken<'_, Route>> = Vec::new();
    let mut names: Vec<Taken<'_, Name>> = Vec::new();
    for handler in handlers {
        for endpoint in &handler.endpoints {
            for what in &endpoint.routes {
                add(Taken { handler, endpoint, what }, &mut routes, errors);
            }
            for what in &endpoint.names {
                add(Taken { handler, endpoint, what }, &mut names, errors);
            }
        }
    }
}

/// A route or a name, and whose it is.
struct Taken<'h, T> {
    handler: &'h Handler,
    endpoint: &'h Endpoint,
    what: &'h T,
}

trait Clash {
    fn clashes(&self, other: &Self) -> bool;
    fn refuse(&self, other: &Self, errors: &mut Errors);
}

fn add<'h, T>(new: Taken<'h, T>, taken: &mut Vec<Taken<'h, T>>, errors: &mut Errors)
where
    Taken<'h, T>: Clash,
{
    // Methods under a `cfg` may exclude each other.
    let certain = |other: &&Taken<'_, T>| {
        new.handler.place.cfgs.is_empty() && other.handler.place.cfgs.is_empty()
    };
    let same_group = |other: &&Taken<'_, T>| new.endpoint.group == other.endpoint.group;
    let mut others = taken.iter().filter(certain).filter(same_group);
    if let Some(other) = others.find(|other| new.clashes(other)) {
        new.refuse(other, errors);
    }
    taken.push(new);
}

impl Clash for Taken<'_, Route> {
    fn clashes(&self, other: &Self) -> bool {
        let (one, other_one) = (self.endpoint.method, other.endpoint.method);
        let together = one == other_one || one == Method::Any || other_one == Method::Any;
        together && self.what.full.shape() == other.what.full.shape()
    }

    fn refuse(&self, other: &Self, errors: &mut Errors) {
        let (method, route) = (other.endpoint.method.word(), other.what.full.path());
        let whose = &other.handler.place.ident;
        let message = format!("`{whose}` answers `{method} {route}` already");
        errors.at(self.what.literal.span(), message);
    }
}

impl Clash for Taken<'_, Name> {
    fn clashes(&self, other: &Self) -> bool {
        self.what.text == other.what.text
    }

    fn refuse(&self, other: &Self, errors: &mut Errors) {
        let (name, whose) = (&self.what.text, &other.handler.place.ident);
        let message =
            format!("`{whose}` is called `{name}` already; choose another `name = \"…\"`");
        errors.at(self.what.span, message);
    }
}
