//! The table of all checks names every fixture and every test that shows a check, and none that is not there.

use std::collections::BTreeSet;
use std::path::Path;

use super::files::{below, read};

const TABLE: &str = "../docs/compile-time-checks.md";

/// The words in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// What the last cells of all rows name: a file of the folder in the heading above, or a path with its extension.
fn named(table: &str) -> BTreeSet<String> {
    let mut folder = "";
    let mut named = BTreeSet::new();
    for line in table.lines() {
        if line.starts_with("## ") {
            folder = quoted(line).next().unwrap_or_default();
        }
        let row = line.strip_suffix(" |").filter(|_| folder.starts_with("tests/ui/"));
        let shown_by = row.and_then(|row| row.rsplit(" | ").next()).unwrap_or_default();
        let fixture = |word: &str| match word.split_once(".rs") {
            Some(_) => word.to_owned(),
            None => format!("{folder}/{word}.rs"),
        };
        named.extend(quoted(shown_by).map(fixture));
    }
    named.extend(quoted(table).filter(|word| word.contains(".rs::")).map(str::to_owned));
    named
}

#[test]
fn every_fixture_is_in_the_table_and_whatever_it_names_is_there() {
    let named = named(&read(TABLE));
    for name in &named {
        let (path, function) = name.split_once("::").unwrap_or((name, ""));
        assert!(Path::new("..").join(path).exists(), "named and not there: {path}");
        let source = read(Path::new("..").join(path));
        assert!(source.contains(&format!("fn {function}")), "{path} has no `{function}`");
    }
    let fixtures = [below("ui/fail", "rs"), below("ui/pass", "rs")].concat();
    let fixtures = fixtures.iter().map(|path| format!("tests/{}", path.display()));
    let unnamed: Vec<_> = fixtures.filter(|path| !named.contains(path)).collect();
    assert!(unnamed.is_empty(), "there and not named: {unnamed:#?}");
}
