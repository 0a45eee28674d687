//! Whether the page a request comes from may make it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use http::header::{HeaderName, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::{Authority, Scheme};
use crate::error::Error;

/// The origin of a web page: scheme, host and port (RFC 6454).
///
/// ```
/// use comet::Origin;
///
/// let origin: Origin = "https://Shop.example:443".parse().unwrap();
/// assert_eq!(origin.to_string(), "https://shop.example");
/// assert!("https://shop.example/".parse::<Origin>().is_err());
/// assert!("*.shop.example".parse::<Origin>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: Box<str>,
    authority: Authority,
}

impl Origin {
    fn implied_port(&self) -> Option<u16> {
        match &*self.scheme {
            "http" => Some(80),
            "https" => Some(443),
            _ => None,
        }
    }

    /// Whether this is the origin of what a request asks for.
    ///
    /// Where the browser's scheme is unknown, behind a proxy that ends TLS and is not trusted, `http` and `https` of
    /// the same host count as the same.
    fn is_of(&self, asked: Authority, scheme: Option<&Scheme>) -> bool {
        let scheme_fits = match scheme {
            Some(Scheme::Http) => &*self.scheme == "http",
            Some(Scheme::Https) => &*self.scheme == "https",
            None => matches!(&*self.scheme, "http" | "https"),
        };
        scheme_fits && self.authority == asked.without_port(self.implied_port())
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is not an origin; write scheme, host and port, such as https://app.example:8443"
            )
        };
        let (scheme, authority) = text.split_once("://").ok_or_else(wrong)?;
        if scheme.is_empty()
            || !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        {
            return Err(wrong());
        }
        let authority = Authority::parse(authority.as_bytes()).map_err(|_| wrong())?;
        let mut origin = Self { scheme: scheme.to_ascii_lowercase().into(), authority };
        origin.authority = origin.authority.clone().without_port(origin.implied_port());
        Ok(origin)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Lets a request for a handler or a stream in, or refuses it with 403.
///
/// An `Origin` must be one of `allowed`, or the request's own: the same host and port as its `Host`, character for
/// character, and the same scheme where that is known. `null`, which pages in sandboxes and from files have, is
/// neither. `Sec-Fetch-Site`, which no script can forge, must then not contradict. A request without `Origin` passes
/// unless `Sec-Fetch-Site` says that another site's page makes it and it is not a plain link to follow. What has
/// neither header is no browser, or an old one asking for its own site.
pub(crate) fn check(parts: &Parts, allowed: &[Origin]) -> Result<(), Error> {
    let origin = match only(&parts.headers, &ORIGIN)? {
        Some(value) => Some(parse(value)?),
        None => None,
    };
    if let Some(origin) = &origin {
        if allowed.contains(origin) {
            return Ok(());
        }
        let asked = Authority::of(parts)?;
        if !origin.is_of(asked.clone(), parts.extensions.get()) {
            return Err(foreign(origin, &asked));
        }
    }
    match only(&parts.headers, &SEC_FETCH_SITE)?.map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) if origin.is_none() && follows_link(parts) => Ok(()),
        Some(_) => Err(forbidden(
            "a page of another site makes this request; if it may, add its origin to the setting `origins`",
        )),
    }
}

fn forbidden(detail: impl Into<Cow<'static, str>>) -> Error {
    Error::new(StatusCode::FORBIDDEN, detail)
}

fn foreign(origin: &Origin, asked: &Authority) -> Error {
    forbidden(format!(
        "the origin `{origin}` is not that of this server, `{asked}`; add it to the setting `origins`, or, if a proxy \
         changed the Host header, let the proxy pass it on"
    ))
}

fn parse(value: &HeaderValue) -> Result<Origin, Error> {
    let text = value.to_str().unwrap_or_default();
    text.parse()
        .map_err(|_| forbidden("the request's origin is `null` or unreadable, so it is not let in"))
}

/// A link that the user follows, or an address typed in: it opens a document, and no other page can read it.
fn follows_link(parts: &Parts) -> bool {
    let says = |name: &HeaderName, wanted: &str| {
        parts.headers.get(name).is_some_and(|value| value.as_bytes() == wanted.as_bytes())
    };
    matches!(parts.method, Method::GET | Method::HEAD)
        && says(&SEC_FETCH_MODE, "navigate")
        && says(&SEC_FETCH_DEST, "document")
}

/// The one value of a header that may be given once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h HeaderValue>, Error> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    match values.next() {
        Some(_) => Err(forbidden(format!("the request has more than one `{name}` header"))),
        None => Ok(value),
    }
}
