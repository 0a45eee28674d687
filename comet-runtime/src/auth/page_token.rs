//! The CSRF token in a page that the server renders.

use std::sync::{Arc, OnceLock};

use axum_core::response::Response;
use http::header::SET_COOKIE;
use http::request::Parts;

use super::{Scheme, csrf};
use crate::error::Error;

/// A token for whoever renders the reply: one that is asked for comes with its cookie.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageToken(Option<Arc<Asked>>);

#[derive(Debug)]
struct Asked {
    token: OnceLock<String>,
    scheme: Option<Scheme>,
}

impl PageToken {
    /// Puts a token into a request's reach where calls need one.
    pub(crate) fn offer(mut parts: Parts, needed: bool) -> (Parts, Self) {
        let scheme = || parts.extensions.get().copied();
        let offered =
            Self(needed.then(|| Arc::new(Asked { token: OnceLock::new(), scheme: scheme() })));
        if needed {
            parts.extensions.insert(offered.clone());
        }
        (parts, offered)
    }

    /// The token for the page that this request asks for; `None` where calls need none.
    ///
    /// # Errors
    ///
    /// The system has no randomness.
    pub(crate) fn take(parts: &Parts) -> Result<Option<String>, Error> {
        let Some(Self(Some(asked))) = parts.extensions.get() else { return Ok(None) };
        if let Some(token) = asked.token.get() {
            return Ok(Some(token.clone()));
        }
        let token = csrf::token(&parts.headers)?;
        Ok(Some(asked.token.get_or_init(|| token).clone()))
    }

    /// Gives the browser the cookie beside the page, if the page has the token.
    pub(crate) fn hand_over(self, mut response: Response, mount: &str) -> Response {
        let asked = self.0.as_deref();
        let given = asked.and_then(|asked| Some((asked.token.get()?, asked.scheme.as_ref())));
        if let Some(Ok(cookie)) = given.map(|(token, scheme)| csrf::cookie(token, mount, scheme)) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}
