//! One request on its way to a handler: its parts, the values from its URL, and the arguments of the call.

use std::sync::{Arc, Mutex, PoisonError};

use axum_core::body::Body;
use http::request::Parts;

use crate::arguments::Arguments;
use crate::auth::User;
use crate::error::Error;
use crate::flow::Flow;
use crate::state::States;
use crate::stay::Stay;

/// A request that was matched to an endpoint and let in.
///
/// Extraction takes it by shared reference, so that handlers can borrow values of the URL across their whole run.
#[derive(Debug)]
pub struct Call {
    pub(crate) parts: Parts,
    pub(crate) values: Values,
    pub(crate) user: Option<User>,
    pub(crate) states: States,
    pub(crate) flow: Arc<Flow>,
    pub(crate) arguments: Mutex<Arguments>,
    pub(crate) body: Mutex<Option<Body>>,
    pub(crate) stay: Stay,
}

/// The decoded values of a URL, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
}

impl Values {
    pub(crate) fn path(&self, name: &str) -> Option<&str> {
        self.path.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn query<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.query.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

impl Call {
    /// A call for what takes no arguments and no body.
    pub(crate) fn bare(
        parts: Parts,
        values: Values,
        user: Option<User>,
        states: States,
        flow: Arc<Flow>,
        stay: Stay,
    ) -> Self {
        let (arguments, body) = (Mutex::new(Arguments::none()), Mutex::new(None));
        Self { parts, values, user, states, flow, arguments, body, stay }
    }

    /// The request's head.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Who calls; `None` for a public endpoint that nobody signed in to.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.user.as_ref()
    }

    /// What the app was given as state.
    #[must_use]
    pub fn states(&self) -> &States {
        &self.states
    }

    /// Says that every argument was taken, and refuses a call that has more.
    pub(crate) fn begin(&self) -> Result<(), Error> {
        self.arguments.lock().unwrap_or_else(PoisonError::into_inner).finish()?;
        self.flow.begin();
        Ok(())
    }

    /// The request's body, for the one argument that may consume it.
    pub(crate) fn take_body(&self) -> Option<Body> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
