//! Who may ask at all: origin, token, user.

use http::request::Parts;
use http::{Method, StatusCode};

use super::service::Inner;
use crate::auth::{User, check_origin, csrf};
use crate::error::Error;

/// Lets a request in to something that is `closed` to strangers or not, and says whose it is.
///
/// # Errors
///
/// 403 for a page of another site and for a missing CSRF token, 401 for nobody; the authenticator's own.
pub(super) async fn admit(app: &Inner, parts: &Parts, closed: bool) -> Result<Option<User>, Error> {
    let changes = !matches!(parts.method, Method::GET | Method::HEAD);
    // What is public and changes nothing has nothing to hide from another site.
    if changes || closed {
        check_origin(parts, &app.config.origins)?;
    }
    if changes && app.csrf {
        csrf::verify(parts)?;
    }
    let user = identify(app, parts).await?;
    if closed {
        require(user.as_ref())?;
    }
    Ok(user)
}

/// Whose a request is, as the authenticator says.
pub(super) async fn identify(app: &Inner, parts: &Parts) -> Result<Option<User>, Error> {
    match &app.authenticator {
        Some(authenticator) => authenticator.authenticate(parts).await,
        None => Ok(None),
    }
}

/// Refuses a stranger, with 401.
pub(super) fn require(user: Option<&User>) -> Result<(), Error> {
    let refusal = || Error::new(StatusCode::UNAUTHORIZED, "this needs a signed-in user");
    user.map(drop).ok_or_else(refusal)
}
