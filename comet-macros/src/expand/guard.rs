//! Guards against duplicates within a crate.
//!
//! Exported macros all live at the root of their crate, so the compiler itself refuses two of one name, wherever in the
//! crate they are written, and underlines both: for that every token has the place of the route, or of the name.

use proc_macro2::Span;
use syn::Attribute;

use crate::code::{Code, code};
use crate::model::{Endpoint, Handler, Name};
use crate::tokens;

/// One guard for each route and each name of a handler.
pub(super) fn guards(handler: &Handler) -> Code {
    let cfgs = &handler.place.cfgs;
    handler.endpoints.iter().map(|endpoint| guarded(endpoint, cfgs)).collect()
}

fn guarded(endpoint: &Endpoint, cfgs: &[Attribute]) -> Code {
    let routes = endpoint.routes.iter().map(|route| {
        (route.full.key(&endpoint.group, endpoint.method.word()), route.literal.span())
    });
    let names = endpoint.names.iter().map(|name| (name_key(&endpoint.group, name), name.span));
    routes.chain(names).filter_map(|(key, span)| guard(&key, span, cfgs)).collect()
}

/// What no two of a key in one crate can have; an error about it stands at `span`.
pub(crate) fn guard(key: &str, span: Span, cfgs: &[Attribute]) -> Option<Code> {
    let key = tokens::ident(key, span)?;
    Some(code! {span=>
        #cfgs
        #[doc(hidden)]
        #[macro_export]
        macro_rules! #key { () => {} }
    })
}

/// A name as an identifier, equal for equal names of one group only: what an identifier cannot have is written in
/// hexadecimal digits, and then `_` is too.
fn name_key(group: &str, name: &Name) -> String {
    let mut key = String::from("comet_call");
    if !group.is_empty() {
        key.push_str("_G_");
        push_escaped(&mut key, group);
    }
    if name.text.contains('-') {
        key.push_str("_X_");
        push_escaped(&mut key, &name.text);
    } else {
        key.push_str("__");
        key.push_str(&name.text);
    }
    key
}

fn push_escaped(key: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '-' => key.push_str("_2d_"),
            '_' => key.push_str("_5f_"),
            c => key.push(c),
        }
    }
}
