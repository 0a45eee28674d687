//! Who may publish.

use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use crate::app::service::Inner;
use crate::error::Error;

/// Lets a request in that shows the secret.
///
/// # Errors
///
/// 404 when there is no secret to show, 401 for another one.
pub(super) fn admit(app: &Inner, parts: &Parts) -> Result<(), Error> {
    let Some(secret) = &app.config.publish_secret else {
        return Err(app.router.nothing_at(parts.uri.path()));
    };
    match bearer(parts) {
        Some(token) if secret.is(token) => Ok(()),
        Some(_) => Err(refused("this is not the secret of the setting `publish_secret`")),
        None => Err(refused(
            "send the secret of the setting `publish_secret` as `Authorization: Bearer …`",
        )),
    }
}

fn refused(detail: &'static str) -> Error {
    let error = Error::new(StatusCode::UNAUTHORIZED, detail);
    error.with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

/// The token of the request's one `Authorization` field (RFC 6750, section 2.1).
fn bearer(parts: &Parts) -> Option<&[u8]> {
    let mut fields = parts.headers.get_all(header::AUTHORIZATION).iter();
    let field = fields.next().filter(|_| fields.next().is_none())?.as_bytes();
    let (scheme, token) = field.split_at_checked("bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| token.trim_ascii())
}
