//! Every refusal of the grammar: what is marked, what is said, what is advised.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod braces;
mod carets;
mod characters;
mod limits;
mod names;
mod other_systems;
mod prefixes;
mod queries;
mod several;
mod slashes;

use comet_route::Route;

/// Each row is a source, the part of it that is marked, the message and the help; the source has
/// that one error.
fn refuse(table: &[(&str, &str, &str, &str)]) {
    for (source, marked, message, help) in table {
        let errors = Route::parse_all(source).expect_err(source);
        let [error] = &errors[..] else { panic!("{source:?} has {} errors", errors.len()) };
        assert_eq!(&source[error.range.clone()], *marked, "marked in {source:?}");
        assert_eq!(error.message, *message, "message for {source:?}");
        assert_eq!(error.help, *help, "help for {source:?}");
        assert_eq!(Route::parse(source).unwrap_err(), *error);
    }
}
