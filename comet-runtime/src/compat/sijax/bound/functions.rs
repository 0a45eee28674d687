//! The functions that can be called at one URL.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Registered;
use crate::registry::{Hold, Shape};
use crate::router::{Bound, Router};

/// Handlers by the name that a page calls them by.
#[derive(Debug, Default)]
pub(super) struct Functions(BTreeMap<String, Arc<Bound>>);

impl Functions {
    /// Every handler that can be one under its own name, then what was registered, and what was wrong with that.
    pub(super) fn bind(registered: &[Registered], router: &Router) -> (Self, Vec<String>) {
        let callable = router.names().filter(|(_, bound)| unfit(bound).is_none());
        let own = callable.map(|(name, bound)| (name.to_owned(), Arc::clone(bound)));
        let mut functions = Self(own.collect());
        let mut findings = Vec::new();
        for one in registered {
            let added = match one {
                Registered::Function { name, handler } => functions.add(name, handler, router),
                Registered::Object { prefix } => functions.add_object(prefix, router),
            };
            findings.extend(added.err());
        }
        (functions, findings)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Arc<Bound>> {
        self.0.get(name)
    }

    fn add(&mut self, name: &str, handler: &str, router: &Router) -> Result<(), String> {
        let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        if name.is_empty() || !name.bytes().all(legal) {
            return Err(format!(
                "a page cannot call `{name}`; give the function a name of letters, digits, `-` and `_`"
            ));
        }
        let bound = router.named(handler).map_err(|error| error.to_string())?;
        if let Some(reason) = unfit(bound) {
            let handler = bound.endpoint.handler;
            return Err(format!("`{handler}` cannot be the function `{name}`: it {reason}"));
        }
        self.0.insert(name.to_owned(), Arc::clone(bound));
        Ok(())
    }

    fn add_object(&mut self, prefix: &str, router: &Router) -> Result<(), String> {
        let all = router.names().filter_map(|(name, bound)| {
            let rest = name.strip_prefix(prefix)?.strip_prefix('_')?;
            (!rest.is_empty() && unfit(bound).is_none())
                .then(|| (rest.to_owned(), Arc::clone(bound)))
        });
        let all: Vec<_> = all.collect();
        if all.is_empty() {
            return Err(format!("no handler is called `{prefix}_…`, so there is no such object"));
        }
        self.0.extend(all);
        Ok(())
    }
}

/// Why a handler is none that Sijax could call.
fn unfit(bound: &Bound) -> Option<&'static str> {
    if bound.signature.shape == Shape::Events {
        return Some("sends events, and Sijax knows page commands only");
    }
    if !bound.signature.bodies.is_empty() {
        return Some("takes the body itself, which the call is in");
    }
    (bound.endpoint.hold != Hold::Free)
        .then_some("is a `#[longpoll]`, and Sijax waits for no reply")
}
