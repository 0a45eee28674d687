use std::convert::Infallible;
use std::rc::Rc;

use axum_core::extract::FromRequestParts;
use comet::{Page, comet};

struct Shared(#[allow(dead_code)] Rc<str>);

impl<S: Sync> FromRequestParts<S> for Shared {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut http::request::Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self("one".into()))
    }
}

#[comet]
async fn show(page: &mut Page, one: Shared) {
    let _ = (page, one);
}

fn main() {}
