//! From a method and a path to an endpoint, and from a call name.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use comet_route::{ParseError, Place, Route, Table};
use http::{HeaderValue, Method, StatusCode, header};

use crate::arguments::Arguments;
use crate::call::Values;
use crate::error::Error;
use crate::registry::{Endpoint, Signature};

/// An endpoint with what its signature says.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) signature: Signature,
    pub(crate) routes: Vec<Route>,
}

impl Bound {
    pub(crate) fn new(endpoint: &'static Endpoint) -> Result<Self, ParseError> {
        let routes = endpoint.routes.iter().map(|route| Route::parse(route));
        let routes = routes.collect::<Result<_, _>>()?;
        Ok(Self { endpoint, signature: endpoint.signature(), routes })
    }

    /// What the route would say comes first among the arguments of a call by name, but for what is known already.
    pub(crate) fn fill(&self, values: &mut Values, arguments: &mut Arguments) -> Result<(), Error> {
        for placeholder in self.routes.first().map_or(&[][..], Route::names) {
            let name = placeholder.name();
            if values.path(name).is_some() {
                continue;
            }
            let into = match placeholder.place() {
                Place::Query => &mut values.query,
                Place::Path | Place::Rest => &mut values.path,
            };
            let texts = arguments.take_texts(name)?;
            into.extend(texts.into_iter().map(|text| (name.to_owned(), text)));
        }
        Ok(())
    }
}

/// The routes and names of an app.
#[derive(Debug, Default)]
pub(crate) struct Router {
    /// One a method, `*` for endpoints that answer any.
    tables: BTreeMap<&'static str, Table<Arc<Bound>>>,
    names: BTreeMap<&'static str, Arc<Bound>>,
}

/// An endpoint and the values of the URL that led to it.
pub(crate) type Match<'r> = (&'r Arc<Bound>, Values);

/// Two endpoints that answer the same request.
pub(crate) struct Clash {
    pub(crate) what: String,
    pub(crate) first: &'static Endpoint,
    pub(crate) second: &'static Endpoint,
}

impl Router {
    /// Adds an endpoint; what is taken already stays as it was.
    pub(crate) fn add(&mut self, bound: &Arc<Bound>) -> Vec<Clash> {
        let mut clashes = Vec::new();
        for route in &bound.routes {
            clashes.extend(self.add_route(route, bound));
        }
        for name in bound.endpoint.names {
            match self.names.get(name) {
                Some(first) => clashes.push(clash(format!("the call `{name}`"), first, bound)),
                None => drop(self.names.insert(name, Arc::clone(bound))),
            }
        }
        clashes
    }

    fn add_route(&mut self, route: &Route, bound: &Arc<Bound>) -> Option<Clash> {
        let method = bound.endpoint.method;
        let shape = route.shape();
        let rivals =
            self.tables.iter().filter(|(m, _)| method == "*" || **m == "*" || **m == method);
        let first = rivals
            .flat_map(|(_, table)| table.routes())
            .find_map(|(other, first)| (other.shape() == shape).then(|| Arc::clone(first)));
        if let Some(first) = first {
            let method = if method == "*" { "any method of" } else { method };
            return Some(clash(format!("{method} {}", route.path()), &first, bound));
        }
        // No shape is there twice, so nothing is refused.
        let _ = self.tables.entry(method).or_default().insert(route, Arc::clone(bound));
        None
    }

    /// The endpoint for a path in normal form, and the values of its placeholders.
    ///
    /// # Errors
    ///
    /// 405 with `Allow` when the path has endpoints for other methods only; 400 for a value that is not UTF-8.
    pub(crate) fn at(&self, method: &Method, path: &str) -> Option<Result<Match<'_>, Error>> {
        // HEAD is GET without a body (RFC 9110, section 9.3.2).
        let answering = if method == Method::HEAD { &Method::GET } else { method };
        let look = |method: &str| self.tables.get(method).and_then(|table| table.at(path));
        let found = match (look(answering.as_str()), look("*")) {
            (Some(one), Some(any)) if any.route.beats(one.route) => any,
            (Some(found), _) | (None, Some(found)) => found,
            (None, None) => return self.not_allowed(method, path).map(Err),
        };
        let values = found.values.iter().map(|(name, raw)| {
            let value = comet_route::decode(raw).map_err(|_| not_utf8(name))?;
            Ok(((*name).to_owned(), value.into_owned()))
        });
        let path = values.collect::<Result<Vec<_>, Error>>();
        Some(path.map(|path| (found.value, Values { path, query: Vec::new() })))
    }

    /// The methods that a path in normal form answers to.
    pub(crate) fn methods_at(&self, path: &str) -> Vec<&'static str> {
        let there = self.tables.iter().filter(|(_, table)| table.at(path).is_some());
        there.flat_map(|(method, _)| with_head(method)).collect()
    }

    fn not_allowed(&self, method: &Method, path: &str) -> Option<Error> {
        let allowed = self.methods_at(path).join(", ");
        if allowed.is_empty() {
            return None;
        }
        let detail = format!("{method} is not allowed here; use {allowed}");
        let error = Error::new(StatusCode::METHOD_NOT_ALLOWED, detail);
        Some(match HeaderValue::try_from(allowed) {
            Ok(allowed) => error.with_header(header::ALLOW, allowed),
            Err(_) => error,
        })
    }

    /// Every name, and the endpoint that is called by it.
    #[cfg(feature = "sijax")]
    pub(crate) fn names(&self) -> impl Iterator<Item = (&'static str, &Arc<Bound>)> {
        self.names.iter().map(|(name, bound)| (*name, bound))
    }

    /// Every route with its method, `*` for any, and the endpoint that answers there.
    #[cfg(feature = "openerp")]
    pub(crate) fn routes(&self) -> impl Iterator<Item = (&'static str, &Route, &Arc<Bound>)> {
        self.tables.iter().flat_map(|(method, table)| {
            table.routes().map(|(route, bound)| (*method, route, bound))
        })
    }

    /// The endpoint that is called by a name.
    ///
    /// # Errors
    ///
    /// 404 that names the nearest.
    pub(crate) fn named(&self, name: &str) -> Result<&Arc<Bound>, Error> {
        self.names.get(name).ok_or_else(|| {
            let near = comet_route::nearest(name, self.names.keys().copied());
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let detail = format!("no handler is called `{}`{near}", name.escape_default());
            Error::new(StatusCode::NOT_FOUND, detail)
        })
    }

    /// 404 for a path that nothing serves; it names the nearest route.
    pub(crate) fn nothing_at(&self, path: &str) -> Error {
        let routes = self.tables.values().flat_map(Table::routes).map(|(route, _)| route);
        let near = comet_route::nearest_route(path, routes);
        let near =
            near.map(|near| format!("; did you mean `{}`?", near.path())).unwrap_or_default();
        let detail = format!("nothing is at `{}`{near}", path.escape_default());
        Error::new(StatusCode::NOT_FOUND, detail)
    }
}

/// What a method's endpoints answer to: whatever can be read can be asked for its head.
fn with_head(method: &'static str) -> impl Iterator<Item = &'static str> {
    [method].into_iter().chain((method == "GET").then_some("HEAD"))
}

fn clash(what: String, first: &Bound, second: &Bound) -> Clash {
    Clash { what, first: first.endpoint, second: second.endpoint }
}

fn not_utf8(name: &str) -> Error {
    Error::new(StatusCode::BAD_REQUEST, format!("`{name}` in the URL is not UTF-8"))
}
