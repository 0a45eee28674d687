//! What the macros accept and what they refuse, in the compiler's own words.
//!
//! `fail` has a folder for each kind of mistake and a file for each mistake. `TRYBUILD=overwrite` writes the words anew;
//! they are those of the toolchain in `rust-version`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chapter;
mod files;
mod messages;
mod table;

/// Programs that must compile and run, and programs with one mistake each.
#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*/*.rs");
}
