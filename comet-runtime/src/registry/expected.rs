//! The crates that a program counts on for handlers and channels, and which of them have none.

use std::collections::BTreeMap;

use super::{Location, linked};
use crate::channel;

/// A crate that is expected to have handlers or channels. Made by [`expect_handlers!`](crate::expect_handlers) and by
/// [`App::expect_handlers`](crate::App::expect_handlers).
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// The crate's name, as Rust code writes it.
    pub name: &'static str,
    /// Whether the one who expects it has linked it as well.
    pub linked: bool,
    /// Where it is expected.
    pub at: Location,
}

inventory::collect!(Expected);

/// Links crates into the program for the handlers and channels that they declare, and has each start make sure that
/// there are some.
///
/// A crate that is only named in `Cargo.toml` is not linked, and its handlers are missing in silence. This mentions each
/// (`use chat as _;`), so that the compiler refuses one that is not there, and the app does not start when one
/// contributes nothing.
///
/// ```
/// # // stands for a crate with handlers
/// # extern crate self as chat;
/// # #[comet::comet("/said", public)]
/// # async fn said() {}
/// comet::expect_handlers![chat];
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! expect_handlers {
    ($($name:ident),+ $(,)?) => {
        const _: () = {
            $(
                use ::$name as _;
                $crate::__private::submit! {
                    $crate::__private::Expected {
                        name: ::core::stringify!($name),
                        linked: true,
                        at: $crate::__private::Location {
                            file: ::core::file!(),
                            line: ::core::line!(),
                            column: ::core::column!(),
                        },
                    }
                }
            )+
        };
    };
}

/// What linked code expects, sorted, each crate once.
pub(crate) fn expected() -> Vec<Expected> {
    let mut all: Vec<_> = inventory::iter::<Expected>.into_iter().copied().collect();
    all.sort_by_key(|expected| (expected.name, expected.at));
    all.dedup_by_key(|expected| expected.name);
    all
}

/// How many handlers and channels each crate of the program has.
pub(crate) fn crates() -> BTreeMap<&'static str, usize> {
    let endpoints = linked().into_iter().map(|endpoint| endpoint.module);
    let channels = channel::linked().into_iter().map(|channel| channel.module);
    let mut crates = BTreeMap::new();
    for module in endpoints.chain(channels) {
        *crates.entry(crate_of(module)).or_default() += 1;
    }
    crates
}

/// The crate that a module is in.
pub(crate) fn crate_of(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// A finding for each expected crate that is not among the `crates`, with what is to be done.
pub(crate) fn absent(expected: &[Expected], crates: &BTreeMap<&'static str, usize>) -> Vec<String> {
    let here: Vec<_> = crates.iter().map(|(name, count)| format!("`{name}` ({count})")).collect();
    let here = match here.as_slice() {
        [] => "no crate has any".to_owned(),
        here => format!("the crates that have some are {}", here.join(", ")),
    };
    // A package `my-chat` is the crate `my_chat`.
    let names = expected.iter().map(|expected| (expected.name.replace('-', "_"), expected));
    let absent = names.filter(|(name, _)| !crates.contains_key(name.as_str()));
    absent
        .map(|(name, Expected { linked, at, .. })| {
            let fix = if *linked {
                "it is linked, so it declares none: take it out of the list, or see whether one of its features leaves them out"
                    .to_owned()
            } else {
                format!("mention it in the crate that has `main`, or the linker leaves it out: `use {name} as _;`")
            };
            format!("the crate `{name}` has no handler and no channel in this program, expected at {at}\n  {fix}\n  {here}")
        })
        .collect()
}
