//! What the macros accept and what they refuse, in the compiler's own words.
//!
//! `fail` has a folder for each kind of mistake and a file for each mistake. `TRYBUILD=overwrite` writes the words anew;
//! they are those of the toolchain in `rust-version`.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

/// Programs that must compile and run, and programs with one mistake each.
#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*/*.rs");
}

/// One mistake is one error, wherever else the compiler could have found it again.
#[test]
fn each_mistake_is_one_error() {
    let folders = fs::read_dir("ui/fail").unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    let said =
        files.map(|file| file.unwrap().path()).filter(|path| path.extension().unwrap() == "stderr");
    let said: Vec<PathBuf> = said.collect();
    assert!(!said.is_empty());
    for path in said {
        let text = fs::read_to_string(&path).unwrap();
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, 1, "{}:\n{text}", path.display());
    }
}
