//! What a handler becomes: a function that calls it or reads its events, and one that writes its URL.

use comet_route::Route;

use super::Types;
use super::function::{Function, Given, Parameter};
use super::names::camel;
use super::typed::Described;
use super::url::{self, Field};
use crate::registry::{Endpoint, Hold, Shape, Signature};

/// The functions of an endpoint; none for a second attribute of a handler, which has no name to call it by.
pub(super) fn functions(endpoint: &Endpoint, types: &mut Types) -> Vec<Function> {
    let Some(called) = endpoint.names.first() else { return Vec::new() };
    let signature = endpoint.signature();
    let route = endpoint.routes.first().and_then(|route| Route::parse(route).ok());
    let fields = route.as_ref().map(|route| fields(route, &signature.types, types));
    let handler = Handler { endpoint, called, signature, name: camel(called) };
    let mut functions = Vec::new();
    if let (Some(route), Some(fields)) = (&route, &fields) {
        functions.push(handler.url(route, fields));
    }
    if !handler.is_linked_only() {
        functions.insert(0, handler.function(fields.unwrap_or_default(), types));
    }
    functions
}

/// The placeholders of a route or pattern as what its functions take.
pub(super) fn fields(route: &Route, described: &Described, types: &mut Types) -> Vec<Field> {
    let known: Vec<_> =
        described.values.iter().map(|(name, describe)| (*name, describe(types))).collect();
    url::fields(route, |name, in_query| {
        let ty = known.iter().find(|(known, _)| *known == name).map(|(_, ty)| ty.as_str());
        types.in_url(ty, in_query)
    })
}

struct Handler<'e> {
    endpoint: &'e Endpoint,
    called: &'static str,
    signature: Signature,
    /// Of its function.
    name: String,
}

impl Handler<'_> {
    fn url(&self, route: &Route, fields: &[Field]) -> Function {
        let method = if self.endpoint.method == "*" { "ANY" } else { self.endpoint.method };
        let docs = format!("The URL of `{}`: `{method} {}`.", self.called, route.source());
        url::function(format!("{}Url", self.name), docs, route, fields, true)
    }

    fn function(&self, fields: Vec<Field>, types: &mut Types) -> Function {
        let events = self.signature.types.events.map(|describe| describe(types));
        let events = events.unwrap_or_else(|| "unknown".to_owned());
        if self.is_followed() {
            return self.follow(&fields, &events);
        }
        self.call(fields, &events, types)
    }

    /// Whether it is a page or a file that has a URL, which nobody calls.
    fn is_linked_only(&self) -> bool {
        let is_got =
            matches!(self.endpoint.method, "GET" | "*") && !self.endpoint.routes.is_empty();
        self.signature.types.is_document && is_got
    }

    /// Whether a client can open its events again after a broken connection: all that they depend on is in the URL.
    fn is_followed(&self) -> bool {
        let Signature { shape, arguments, bodies, .. } = &self.signature;
        *shape == Shape::Events
            && matches!(self.endpoint.method, "GET" | "*")
            && !self.endpoint.routes.is_empty()
            && arguments.is_empty()
            && bodies.is_empty()
    }

    fn follow(&self, fields: &[Field], events: &str) -> Function {
        let mut parameters: Vec<_> = url::arguments(fields).into_iter().collect();
        let given = if parameters.is_empty() { "" } else { "args" };
        parameters.push(Parameter::optional("options", "Comet.EventsOptions"));
        Function {
            docs: self.docs(),
            name: self.name.clone(),
            body: format!("comet.events({}Url({given}), options)", self.name),
            returns: format!("AsyncGenerator<{events}, void, void>"),
            parameters,
        }
    }

    fn call(&self, mut fields: Vec<Field>, events: &str, types: &mut Types) -> Function {
        let Signature { shape, arguments, bodies, types: described, .. } = &self.signature;
        for argument in arguments {
            let known = described.values.iter().find(|(name, _)| name == argument);
            let ty = known.map_or_else(|| "unknown".to_owned(), |(_, describe)| describe(types));
            let optional = ty.ends_with(" | null") || ty == "unknown";
            fields.push(Field { name: (*argument).to_owned(), ty, optional });
        }
        let body = match described {
            Described { has_files: true, .. } => Some("FormData"),
            _ if !bodies.is_empty() => Some("FormData | URLSearchParams"),
            _ => None,
        };
        let arguments = match body {
            Some(ty) => Some(Parameter { name: "args", ty: ty.to_owned(), given: Given::Always }),
            None => url::arguments(&fields),
        };
        let given = if arguments.is_some() { "args" } else { "{}" };
        let options = match shape {
            Shape::Events => format!("Comet.CallOptions<{events}>"),
            Shape::Once | Shape::Page => "Comet.CallOptions".to_owned(),
        };
        let options = Parameter::optional("options", options);
        Function {
            docs: self.docs(),
            name: self.name.clone(),
            parameters: arguments.into_iter().chain([options]).collect(),
            returns: format!("Promise<{}>", self.reply(types)),
            body: format!("comet.call(\"{}\", {given}, options)", self.called),
        }
    }

    /// What a call resolves with.
    fn reply(&self, types: &mut Types) -> String {
        if self.signature.types.events.is_some() && self.signature.types.reply.is_none() {
            return "void".to_owned();
        }
        let reply = self.signature.types.reply.map(|describe| describe(types));
        let reply = reply.unwrap_or_else(|| "unknown".to_owned());
        match (self.endpoint.hold, self.endpoint.on_timeout) {
            (Hold::Free, _) => reply,
            // Whatever the function returns that stands in for the handler.
            (_, Some(_)) => "unknown".to_owned(),
            _ if ["void", "unknown"].contains(&reply.as_str()) || reply.ends_with(" | null") => {
                reply
            }
            _ => format!("{reply} | null"),
        }
    }

    fn docs(&self) -> String {
        let held = self.endpoint.hold != Hold::Free && self.endpoint.on_timeout.is_none();
        let silence = if held {
            "Resolves with `null` when there was nothing for as long as a request is held."
        } else {
            ""
        };
        let said = [self.endpoint.docs, silence];
        let said: Vec<_> = said.into_iter().filter(|text| !text.is_empty()).collect();
        if said.is_empty() { format!("Calls `{}`.", self.called) } else { said.join("\n\n") }
    }
}
