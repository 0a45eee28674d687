//! Pages of the origins in the setting `origins` may read replies (<https://fetch.spec.whatwg.org/#http-cors-protocol>).

use axum_core::response::Response;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::request::Parts;
use http::{HeaderValue, Method};

use crate::auth::Origin;
use crate::reply::{Outcome, Value};

/// What a page of another origin has to be told.
#[derive(Debug)]
pub(super) struct Cors {
    origin: HeaderValue,
    preflight: bool,
}

impl Cors {
    /// `None` for a request of no other origin, or of one that is not allowed: its browser then shows its page nothing.
    pub(super) fn of(parts: &Parts, allowed: &[Origin]) -> Option<Self> {
        let origin = parts.headers.get(ORIGIN)?;
        let asking: Origin = origin.to_str().ok()?.parse().ok()?;
        let asks_first = parts.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        let preflight = parts.method == Method::OPTIONS && asks_first;
        allowed.contains(&asking).then(|| Self { origin: origin.clone(), preflight })
    }

    /// The whole answer, when the browser only asks whether it may.
    pub(super) fn preflight(&self) -> Option<Response> {
        if !self.preflight {
            return None;
        }
        let mut response = Outcome::new(Value::Empty).into_response();
        let headers = response.headers_mut();
        let methods = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        let own = HeaderValue::from_static("content-type, last-event-id, x-comet, x-comet-csrf");
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, own);
        Some(response)
    }

    /// Lets the page read the reply.
    pub(super) fn permit(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, self.origin);
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.append(VARY, HeaderValue::from_static("origin"));
        response
    }
}
