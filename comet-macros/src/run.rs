//! The steps of `#[comet]` and `#[longpoll]`, one after the other.

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::model::Kind;
use crate::{check, expand, fallback, parse};

/// Expands the attribute.
pub(crate) fn run(kind: Kind, options: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let own = parse::without_own_attributes(item.clone());
    let written = parse::read(kind, options, item, &mut errors);
    let checked = written.as_ref().map(|item| check::check(item, &mut errors)).unwrap_or_default();
    if errors.is_empty() {
        expand::expand(&own, &checked)
    } else {
        fallback::fallback(&own, &checked, errors)
    }
}
