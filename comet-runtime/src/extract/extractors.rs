//! Comet's own extractors.

use std::any::{TypeId, type_name};
use std::future::{Future, ready};
use std::ops::Deref;
use std::sync::Arc;

use http::request::Parts;
use http::{StatusCode, header};

use crate::auth::User;
use crate::call::Call;
use crate::error::Error;
use crate::registry::{Need, Signature};

/// Something a handler can take as an argument that is neither in the route nor sent by the caller.
///
/// Types with axum-core's `FromRequestParts` or `FromRequest` (for any state, or for [`States`](crate::States)) work
/// without it. Write it for a type that needs the [`Call`] itself:
///
/// ```
/// use comet::{Call, Error, Extract};
///
/// struct Agent(String);
///
/// impl Extract for Agent {
///     async fn extract(call: &Call) -> Result<Self, Error> {
///         let agent = call.parts().headers.get("user-agent");
///         Ok(Agent(agent.and_then(|v| v.to_str().ok()).unwrap_or("unknown").to_owned()))
///     }
/// }
/// ```
pub trait Extract: Sized + Send {
    /// Takes the value out of the call.
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send;

    /// The same for a type to which it matters what the handler calls the argument, as a form's fields are called.
    fn extract_as(call: &Call, name: &str) -> impl Future<Output = Result<Self, Error>> + Send {
        let _ = name;
        Self::extract(call)
    }

    /// Notes what the type needs of the app, to be checked at start-up.
    fn describe(signature: &mut Signature) {
        let _ = signature;
    }
}

/// A value that the app was given with [`App::state`](crate::App::state), shared by all calls.
///
/// An app that was not given one does not start, and names the handlers that want it.
#[derive(Debug)]
pub struct State<T>(Arc<T>);

impl<T> State<T> {
    /// The shared value itself.
    #[must_use]
    pub fn into_inner(self) -> Arc<T> {
        self.0
    }
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Send + Sync + 'static> Extract for State<T> {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(provided::<T>(call).map(Self))
    }

    fn describe(signature: &mut Signature) {
        signature.needs.push(need::<T>("state"));
    }
}

pub(crate) fn need<T: 'static>(method: &'static str) -> Need {
    Need { key: TypeId::of::<T>(), type_name: type_name::<T>(), method }
}

/// A value of the app; its absence was refused at start-up.
pub(crate) fn provided<T: Send + Sync + 'static>(call: &Call) -> Result<Arc<T>, Error> {
    call.states.get().ok_or_else(|| unprovided(type_name::<T>()))
}

pub(super) fn unprovided(type_name: &str) -> Error {
    let detail = format!("the app was given no `{type_name}`");
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
}

impl Extract for User {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        let nobody = || Error::new(StatusCode::UNAUTHORIZED, "sign in first");
        ready(call.user.clone().ok_or_else(nobody))
    }
}

/// Who calls, where nobody may.
impl Extract for Option<User> {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(Ok(call.user.clone()))
    }
}

/// The cookies of the request, as sent.
#[derive(Clone, Debug, Default)]
pub struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// The value of the first cookie with that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// Those of a request's head, for an [`Authenticator`](crate::Authenticator).
    ///
    /// ```
    /// use comet::{Cookies, User};
    ///
    /// fn user(parts: &http::request::Parts) -> Option<User> {
    ///     let cookies = Cookies::of(parts);
    ///     (cookies.get("session") == Some("9f31")).then(|| User::new("ann"))
    /// }
    /// # let request = http::Request::get("/").header("cookie", "a=b; session=9f31");
    /// # assert!(user(&request.body(()).unwrap().into_parts().0).is_some());
    /// ```
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let headers = parts.headers.get_all(header::COOKIE).iter();
        let pairs = headers.filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
        let cookies = pairs.filter_map(|pair| pair.trim().split_once('='));
        Self(cookies.map(|(n, v)| (n.to_owned(), v.to_owned())).collect())
    }

    /// All cookies in the order they were sent (RFC 6265, section 4.2).
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Extract for Cookies {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(Ok(Self::of(&call.parts)))
    }
}
