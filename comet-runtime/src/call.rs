//! One request on its way to a handler: its parts, the values from its URL, and the arguments of the call.

use std::sync::{Arc, Mutex, PoisonError};

use axum_core::body::Body;
use http::StatusCode;
use http::request::Parts;

use crate::arguments::Arguments;
use crate::auth::User;
use crate::error::{Error, HIDDEN};
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
    /// `None` for what writes nothing: a channel's `access`, and what replies when a long poll's time is up.
    pub(crate) flow: Option<Arc<Flow>>,
    pub(crate) arguments: Mutex<Arguments>,
    pub(crate) body: Mutex<Option<Body>>,
    pub(crate) stay: Stay,
}

const NOTHING_TO_WRITE_TO: &str = "only a handler has a `Page` or `Events`: a channel's `access` answers whether somebody may \
     follow, an `on_timeout` with what it returns";

/// The decoded values of a URL, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
}

impl Values {
    /// What a path has for the placeholders of a route; `None` if it is no path of it, or has a value that is not UTF-8.
    #[cfg(feature = "frames")]
    pub(crate) fn of(route: &comet_route::Route, path: &str) -> Option<Self> {
        let decoded = route.matches(path)?.into_iter().map(|(name, raw)| {
            let value = comet_route::decode(raw).ok()?;
            Some((name.to_owned(), value.into_owned()))
        });
        Some(Self { path: decoded.collect::<Option<_>>()?, query: Vec::new() })
    }

    pub(crate) fn path(&self, name: &str) -> Option<&str> {
        self.path.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn query<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.query.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

impl Call {
    /// A call for what takes no arguments and no body, and writes nothing.
    pub(crate) fn bare(
        parts: Parts,
        values: Values,
        user: Option<User>,
        states: States,
        stay: Stay,
    ) -> Self {
        let (arguments, body) = (Mutex::new(Arguments::none()), Mutex::new(None));
        Self { parts, values, user, states, flow: None, arguments, body, stay }
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

    /// Where the handler writes.
    ///
    /// # Errors
    ///
    /// 500 for what is no handler.
    pub(crate) fn flow(&self) -> Result<Arc<Flow>, Error> {
        self.flow.clone().ok_or_else(|| {
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, HIDDEN).with_source(NOTHING_TO_WRITE_TO)
        })
    }

    /// Says that every argument was taken, and refuses a call that has more.
    pub(crate) fn begin(&self) -> Result<(), Error> {
        self.arguments.lock().unwrap_or_else(PoisonError::into_inner).finish()?;
        if let Some(flow) = &self.flow {
            flow.begin();
        }
        Ok(())
    }

    /// The request's body, for the one argument that may consume it.
    pub(crate) fn take_body(&self) -> Option<Body> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
