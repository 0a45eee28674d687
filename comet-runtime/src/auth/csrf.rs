//! CSRF tokens, by double submit: a page reads its token from the server, which no other site's page can, and sends it
//! back in a header beside the cookie that holds the same.
//!
//! The cookie is `HttpOnly` (the page has the token from the reply), `SameSite=Strict`, bound to the app's mount path,
//! and `Secure` when the browser is known to use HTTPS: a browser would drop a `Secure` cookie on plain HTTP, and
//! behind a proxy the server only knows the scheme when a trusted proxy tells it.

use axum_core::body::Body;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};

use super::{Scheme, equal};
use crate::error::Error;

/// The header a page sends its token in.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-comet-csrf");

const COOKIE_NAME: &str = "comet-csrf";

/// The letters of a token: 128 bits in hexadecimal.
const LENGTH: usize = 32;

/// Answers `GET {mount}/comet/csrf`: `{"token":"…"}` and the cookie. A browser that has a token keeps it, so that its
/// other tabs go on working.
pub(crate) fn issue(parts: &Parts, mount: &str) -> Result<Response<Body>, Error> {
    let token = token(&parts.headers)?;
    let cookie = cookie(&token, mount, parts.extensions.get())?;
    let mut reply = Response::new(Body::from(format!(r#"{{"token":"{token}"}}"#)));
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(SET_COOKIE, cookie);
    Ok(reply)
}

/// The token of a browser, or one for it.
pub(super) fn token(headers: &HeaderMap) -> Result<String, Error> {
    tokens(headers).next().map_or_else(fresh, |token| Ok(token.to_owned()))
}

/// What gives a browser its token.
pub(super) fn cookie(
    token: &str,
    mount: &str,
    scheme: Option<&Scheme>,
) -> Result<HeaderValue, Error> {
    let secure = match scheme {
        Some(Scheme::Https) => "; Secure",
        Some(Scheme::Http) | None => "",
    };
    let cookie = format!("{COOKIE_NAME}={token}; Path={mount}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::try_from(cookie).map_err(|_| failed())
}

/// Lets a request in whose header holds the token of its cookie, or refuses it with 403.
pub(crate) fn verify(parts: &Parts) -> Result<(), Error> {
    let Some(sent) = parts.headers.get(HEADER) else {
        return Err(forbidden(
            "the request has no X-Comet-Csrf header; get a token from comet/csrf and send it there",
        ));
    };
    // A cookie of the same name for a narrower path comes first, so every one of them is compared.
    let fits = tokens(&parts.headers)
        .fold(false, |fits, token| fits | equal(token.as_bytes(), sent.as_bytes()));
    if fits {
        return Ok(());
    }
    Err(forbidden(
        "the X-Comet-Csrf header does not hold this browser's token; get a new one from comet/csrf",
    ))
}

/// The well-formed tokens in a request's cookies.
fn tokens(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let fields = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|field| field.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE_NAME && is_token(value)).then_some(value)
    })
}

fn is_token(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn fresh() -> Result<String, Error> {
    let mut random = [0; LENGTH / 2];
    getrandom::fill(&mut random).map_err(|_| failed())?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn forbidden(detail: &'static str) -> Error {
    Error::new(StatusCode::FORBIDDEN, detail)
}

fn failed() -> Error {
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, "no CSRF token could be made")
}
