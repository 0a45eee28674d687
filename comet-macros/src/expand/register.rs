//! What is registered of an endpoint, and the symbols that no two crates of a program may share.

use std::time::Duration;

use proc_macro2::{Ident, Span};
use syn::Type;

use super::At;
use super::glue::{Glue, late};
use crate::code::{Code, code};
use crate::model::{Endpoint, Handler, Kind, Place};
use crate::tokens::unraw;

/// The endpoints of a handler, as elements of an array.
pub(super) fn elements(handler: &Handler) -> Code {
    handler.endpoints.iter().map(|endpoint| element(handler, endpoint)).collect()
}

/// What differs from an endpoint that is called by nothing, for users only and free of time limits.
fn element(handler: &Handler, endpoint: &Endpoint) -> Code {
    let place = &handler.place;
    let (at, here) = (At::of(place), Span::call_site());
    let (p, cfgs, shown) = (&at.p, &*place.cfgs, &*shown(handler));
    let names = list("names", endpoint.names.iter().map(|name| &*name.text));
    let routes = list("routes", endpoint.routes.iter().map(|route| route.full.source()));
    let shapes: Vec<_> = endpoint.routes.iter().map(|route| route.full.shape()).collect();
    let shapes = list("shapes", shapes.iter().map(|shape| &**shape));
    let options = options(place, endpoint);
    let docs = &*handler.docs;
    let docs = (!docs.is_empty()).then(|| code!(here=> docs: #docs,));
    let method = endpoint.method.registered();
    // It is where it is called: with the span of the name each method has a place of its own, and not that of its block.
    let bare = code!(place.ident.span()=> #p::endpoint(#shown, #p::module_path!()));
    let glue = Glue::new(handler, endpoint);
    let (types, serve) = (glue.types(), glue.serve());
    code! {here=>
        #cfgs
        #p::Endpoint {
            #names #routes #shapes method: #method, #options #docs #types serve: #serve,
            ..#bare
        },
    }
}

/// A field that is a list of texts, unless there are none.
fn list<'t>(field: &str, texts: impl Iterator<Item = &'t str>) -> Option<Code> {
    let here = Span::call_site();
    let texts = texts.map(|text| code!(here=> #text,)).collect::<Code>();
    let mut name = Code::default();
    name.word(here, field);
    (!texts.is_empty()).then(|| code!(here=> #name: &[#texts],))
}

/// The fields of those options that are not as they are by default.
fn options(place: &Place, endpoint: &Endpoint) -> Code {
    let (p, here) = (&At::of(place).p, Span::call_site());
    let Endpoint { group, public, kind, timeout, on_timeout, resume, body_limit, .. } = endpoint;
    let group = &**group;
    let group = (!group.is_empty()).then(|| code!(here=> group: #group,));
    let access = public.then(|| code!(here=> access: #p::Access::Public,));
    let hold = match (kind, timeout.map(|time| duration(p, time))) {
        (Kind::Comet, _) => None,
        (Kind::LongPoll, None) => Some(code!(here=> hold: #p::Hold::App,)),
        (Kind::LongPoll, Some(timeout)) => Some(code!(here=> hold: #p::Hold::For(#timeout),)),
    };
    let on_timeout = on_timeout.as_ref().map(|function| {
        let late = late(place, function);
        code!(here=> on_timeout: #p::Some(#late),)
    });
    let resume = resume.map(|resume| {
        let resume = optional(p, Some(resume));
        code!(here=> resume: #resume,)
    });
    let body_limit = body_limit.map(|limit| code!(here=> body_limit: #p::Some(#limit),));
    code!(here=> #group #access #hold #on_timeout #resume #body_limit)
}

/// The place of a token.
pub(crate) fn location(at: &At, span: Span) -> Code {
    let p = &at.p;
    code!(span=> #p::Location::caller())
}

/// The handler as its author names it.
fn shown(handler: &Handler) -> String {
    let name = unraw(&handler.place.ident);
    match &handler.place.owner {
        Some(Type::Path(owner)) => {
            let owner = owner.path.segments.last().map(|segment| unraw(&segment.ident));
            format!("{}::{name}", owner.unwrap_or_default())
        }
        _ => name,
    }
}

/// A time that may be given.
pub(crate) fn optional(p: &Ident, time: Option<Duration>) -> Code {
    let here = Span::call_site();
    match time.map(|time| duration(p, time)) {
        Some(time) => code!(here=> #p::Some(#time)),
        None => code!(here=> #p::None),
    }
}

fn duration(p: &Ident, time: Duration) -> Code {
    let (seconds, nanos) = (time.as_secs(), time.subsec_nanos());
    code!(Span::call_site()=> #p::Duration::new(#seconds, #nanos))
}

/// The symbols of all routes.
pub(super) fn symbols(handlers: &[Handler]) -> Code {
    let endpoints = handlers.iter().flat_map(|handler| {
        let place = &handler.place;
        handler.endpoints.iter().map(move |endpoint| (place, endpoint))
    });
    let routes = endpoints.flat_map(|(place, endpoint)| {
        endpoint.routes.iter().map(move |route| {
            let key = route.full.key(&endpoint.group, endpoint.method.word());
            (place, key, route.literal.span())
        })
    });
    let one = |(nth, (place, key, span)): (usize, (&Place, String, Span))| {
        let (cfgs, symbol) = (&*place.cfgs, symbol(place, nth, &key, span));
        code!(span=> #cfgs #symbol)
    };
    routes.enumerate().map(one).collect()
}

/// A second definition of this in one program is an error of the linker, which names both crates. Unit tests are built
/// without it: a crate can be linked twice there.
pub(crate) fn symbol(place: &Place, nth: usize, key: &str, span: Span) -> Code {
    let mut name = Code::default();
    name.word(At::new(place, span).span, &format!("__COMET_TAKEN{nth}"));
    // Code of the macro's own, which a user's `forbid(unsafe_code)` is not about.
    let span = Span::call_site().located_at(span);
    code! {span=>
        #[cfg(not(test))]
        #[unsafe(export_name = #key)]
        static #name: () = ();
    }
}
