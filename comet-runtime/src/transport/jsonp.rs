//! A long poll for a `<script>` of any site: the reply is a call of the page's own function, JSONP.
//!
//! A script can neither send a header nor read a status, so an error is an argument as well. What it is given must be for
//! anybody: whoever answers decides that.

use std::borrow::Cow;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use super::escape::escape;
use super::negotiate::asked;
use super::{RESOURCE_POLICY, guard};
use crate::error::Error;

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
/// Opened on its own, the reply is a download and no page.
const DISPOSITION: HeaderValue = HeaderValue::from_static("attachment; filename=f.txt");

/// The longest name of a callback.
const LONGEST: usize = 64;

/// The name of the function that a script calls: one identifier of ASCII letters, digits, `_` and `$`, so that no path
/// into other objects and no code can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Callback(String);

impl Callback {
    /// The callback of a request with `?transport=jsonp`; `None` for any other request.
    ///
    /// # Errors
    ///
    /// 400 for a name that is missing or no identifier. It is told plainly: there is no function to tell it to.
    pub(crate) fn asked(parts: &Parts) -> Result<Option<Self>, Error> {
        match asked(parts, "transport") {
            Some(transport) if transport == "jsonp" => {
                let name = asked(parts, "callback").unwrap_or_default();
                Self::new(name).map(Some).ok_or_else(refused)
            }
            _ => Ok(None),
        }
    }

    /// The callback of that name, if it can be one.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn asked_for(name: &str) -> Option<Self> {
        Self::new(Cow::Borrowed(name))
    }

    fn new(name: Cow<'_, str>) -> Option<Self> {
        let letter = |b: u8| b.is_ascii_alphabetic() || matches!(b, b'_' | b'$');
        let plain = name.len() <= LONGEST
            && name.bytes().next().is_some_and(letter)
            && name.bytes().all(|b| letter(b) || b.is_ascii_digit());
        plain.then(|| Self(name.into_owned()))
    }

    /// The reply that calls with JSON, always with status 200: a browser runs no other.
    pub(crate) fn call(&self, json: &[u8]) -> Response {
        let mut response = Response::new(Body::from(self.script(json)));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, CONTENT_TYPE);
        headers.insert(header::CONTENT_DISPOSITION, DISPOSITION);
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        guard(headers);
        response
    }

    /// The call itself.
    pub(crate) fn script(&self, json: &[u8]) -> Vec<u8> {
        let mut script = Vec::with_capacity(json.len() + 80);
        // A comment first, so that no file of another kind can begin with a name of the caller's choice.
        script.extend_from_slice(b"/**/");
        script.extend_from_slice(self.0.as_bytes());
        script.push(b'(');
        escape(json, &mut script);
        script.extend_from_slice(b");");
        script
    }

    /// The reply that calls with an error: `{"error":…}`.
    pub(crate) fn fail(&self, error: &Error) -> Response {
        error.log();
        let problem: Bytes = error.problem();
        self.call(&[b"{\"error\":", &problem[..], b"}"].concat())
    }
}

fn refused() -> Error {
    let detail = format!(
        "`callback` is the name of a function: a letter, `_` or `$`, then up to {} of these or digits",
        LONGEST - 1
    );
    Error::new(StatusCode::BAD_REQUEST, detail)
}
