#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod authenticator;
mod authority;
mod csrf;
mod host;
mod origin;

use http::Request;
use http::request::Parts;

/// The head of a request.
fn head(method: &str, target: &str, headers: &[(&str, &str)]) -> Parts {
    let request = Request::builder().method(method).uri(target);
    let add = |request: http::request::Builder, (name, value): &(&str, &str)| {
        request.header(*name, *value)
    };
    headers.iter().fold(request, add).body(()).unwrap().into_parts().0
}
