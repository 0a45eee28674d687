//! How an application finds out who is asking.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use http::request::Parts;

use super::User;
use crate::error::{Error, caught};

/// Finds out who sent a request.
///
/// Asked once a request, before anything of the handler runs. A closure from the request's head to `Option<User>` is
/// one; implement the trait where the answer has to be waited for.
///
/// ```
/// use comet::{Authenticator, Error, User};
/// use http::request::Parts;
///
/// # struct Store;
/// # impl Store { async fn user_of(&self, _: &str) -> Option<User> { None } }
/// struct Sessions(Store);
///
/// impl Authenticator for Sessions {
///     async fn authenticate(&self, parts: &Parts) -> Result<Option<User>, Error> {
///         let token = parts.headers.get("x-session").and_then(|value| value.to_str().ok());
///         Ok(match token {
///             Some(token) => self.0.user_of(token).await,
///             None => None,
///         })
///     }
/// }
///
/// fn closure() -> impl Authenticator {
///     |parts: &Parts| parts.headers.contains_key("x-admin").then(|| User::new("admin"))
/// }
/// ```
pub trait Authenticator: Send + Sync + 'static {
    /// The user, or `None` for a request without one, which public handlers serve.
    ///
    /// # Errors
    ///
    /// An error ends the request, also for a public handler: for credentials that are wrong rather than missing
    /// (401), or when nobody can tell who is asking (503).
    fn authenticate(
        &self,
        parts: &Parts,
    ) -> impl Future<Output = Result<Option<User>, Error>> + Send;
}

impl<F: Fn(&Parts) -> Option<User> + Send + Sync + 'static> Authenticator for F {
    async fn authenticate(&self, parts: &Parts) -> Result<Option<User>, Error> {
        Ok(self(parts))
    }
}

/// An authenticator of any type.
#[derive(Clone)]
pub(crate) struct SharedAuthenticator(Arc<dyn Erased>);

impl SharedAuthenticator {
    pub(crate) fn new(authenticator: impl Authenticator) -> Self {
        Self(Arc::new(authenticator))
    }

    pub(crate) async fn authenticate(&self, parts: &Parts) -> Result<Option<User>, Error> {
        caught(self.0.authenticate(parts), || "the authenticator".to_owned()).await
    }
}

impl fmt::Debug for SharedAuthenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedAuthenticator").finish_non_exhaustive()
    }
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Option<User>, Error>> + Send + 'a>>;

/// [`Authenticator`] with its future boxed.
trait Erased: Send + Sync {
    fn authenticate<'a>(&'a self, parts: &'a Parts) -> Answer<'a>;
}

impl<A: Authenticator> Erased for A {
    fn authenticate<'a>(&'a self, parts: &'a Parts) -> Answer<'a> {
        Box::pin(Authenticator::authenticate(self, parts))
    }
}
