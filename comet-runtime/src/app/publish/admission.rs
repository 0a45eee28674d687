//! Who may publish.

use std::fmt::Display;

use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use crate::app::service::Inner;
use crate::auth::{Authority, PeerAddr};
use crate::config::Publishers;
use crate::error::Error;

/// What proxies write, each into the request it passes on. One of them is enough to know that the peer is no publisher.
const FORWARDED: [&str; 9] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
    "x-client-ip",
    "cf-connecting-ip",
];

/// What browsers write. A page of any site can make its visitor's browser send requests to this machine.
const BROWSERS: [&str; 3] = ["origin", "sec-fetch-site", "referer"];

/// Lets a request in that shows the secret, or that comes from this machine where that is enough.
///
/// # Errors
///
/// 404 when nobody is let in, 401 for another secret or none, 403 for a request that only seems to come from this
/// machine.
pub(super) fn admit(app: &Inner, parts: &Parts) -> Result<(), Error> {
    let_in(app, parts, app.config.publish == Publishers::Loopback)
}

/// The same where a program of this machine is always near enough.
#[cfg(feature = "roots")]
pub(in crate::app) fn admit_near(app: &Inner, parts: &Parts) -> Result<(), Error> {
    let_in(app, parts, true)
}

fn let_in(app: &Inner, parts: &Parts, nearness_counts: bool) -> Result<(), Error> {
    let near = nearness_counts && is_near(parts);
    let shown = parts.headers.contains_key(header::AUTHORIZATION);
    match &app.config.publish_secret {
        Some(secret) if bearer(parts).is_some_and(|token| secret.is(token)) => Ok(()),
        Some(_) if shown => Err(refused("this is not the secret of the setting `publish_secret`")),
        None if shown && near => {
            Err(refused("there is no `publish_secret` that this could be; set it, or show none"))
        }
        _ if near => by_itself(parts),
        Some(_) => Err(refused(
            "send the secret of the setting `publish_secret` as `Authorization: Bearer …`",
        )),
        None => Err(app.router.nothing_at(parts.uri.path())),
    }
}

/// Whether the other end of the connection is on this machine.
fn is_near(parts: &Parts) -> bool {
    let peer = parts.extensions.get::<PeerAddr>();
    peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback())
}

/// Lets a request in that a program of this machine has made itself: no proxy, and no browser on behalf of a page.
fn by_itself(parts: &Parts) -> Result<(), Error> {
    let found = |names: &[&'static str]| {
        names.iter().copied().find(|name| parts.headers.contains_key(*name))
    };
    if let Some(name) = found(&FORWARDED) {
        return Err(doubtful("a proxy has passed this on", &name));
    }
    if let Some(name) = found(&BROWSERS) {
        return Err(doubtful("this comes from a browser", &name));
    }
    // A page can point a name of its own at this machine (DNS rebinding); the name that it used gives it away.
    let authority = Authority::of(parts)?;
    if authority.host.is_loopback() {
        return Ok(());
    }
    Err(doubtful("this names the server as no program of this machine need", &authority))
}

fn doubtful(why: &str, sign: &dyn Display) -> Error {
    let detail = format!(
        "{why} (`{sign}`), so that being near is not enough; show the `publish_secret`, or publish to the server's own \
         address on this machine"
    );
    Error::new(StatusCode::FORBIDDEN, detail)
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
