//! What a request is told that was held in vain.

use axum_core::response::Response;
use http::{HeaderValue, StatusCode, Version, header};

use crate::error::Error;
use crate::reply::{Outcome, Value};
use crate::transport::{guard, problem};

/// The answer to a request for which nothing happened within its hold, from a handler without `on_timeout`.
///
/// The client calls its error function for each of them, then asks again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimedOut {
    /// 204 without a body.
    #[default]
    NoContent,
    /// 408, as OpenERP answered, for pages that look at the status. It closes the connection: Chromium repeats a request
    /// that is answered with a 408 on a kept-alive one, up to seven times, and tells no page.
    RequestTimeout,
    /// 200 without a body.
    Empty,
}

impl TimedOut {
    pub(super) fn response(self, version: Version) -> Response {
        let status = match self {
            Self::NoContent => StatusCode::NO_CONTENT,
            Self::Empty => StatusCode::OK,
            Self::RequestTimeout => return request_timeout(version),
        };
        let mut response = Outcome::new(Value::Empty).with_status(status).into_response();
        guard(response.headers_mut());
        response
    }
}

fn request_timeout(version: Version) -> Response {
    let detail = "nothing happened while the request was held";
    let mut response = problem(None, &Error::new(StatusCode::REQUEST_TIMEOUT, detail));
    // A connection of HTTP/2 is no request's own, and has no such field (RFC 9113, section 8.2.2).
    if version < Version::HTTP_2 {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
