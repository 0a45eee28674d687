//! The macros without a compiler: what they read, what they make of it, and that nothing makes them panic. What the
//! compiler says of their output is in the workspace's `tests/ui`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod blocks;
mod endpoints;
mod expansions;
mod garbage;
mod output;
mod verbatim;

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::model::{Checked, Handler, Kind};
use crate::{check, parse};

/// What the attribute says of the item, and what is wrong with it.
fn checked(kind: Kind, options: &str, item: &str) -> (Checked, Vec<String>) {
    let mut errors = Errors::default();
    let parsed = parse::read(kind, tokens(options), tokens(item), &mut errors);
    let checked = parsed.map(|item| check::check(&item, &mut errors)).unwrap_or_default();
    (checked, errors.messages())
}

/// The handlers of an item that is as it should be.
fn handlers(options: &str, item: &str) -> Vec<Handler> {
    let (checked, errors) = checked(Kind::Comet, options, item);
    assert_eq!(errors, [""; 0]);
    checked.handlers
}

/// The one handler of a function that is as it should be.
fn handler(options: &str, item: &str) -> Handler {
    handlers(options, item).pop().unwrap()
}

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}
