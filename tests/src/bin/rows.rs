//! `cargo run -p tests --bin rows` prints what older systems did, a row each, and the tests that hold it: those that have
//! the row in their name, and those that `tests/rows.txt` lists.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where tests are, below the repository's root.
const FOLDERS: [&str; 8] = [
    "assets/test",
    "comet-macros/src",
    "comet-route",
    "comet-runtime/src",
    "examples",
    "tests/browser",
    "tests/ui",
    "tests/wire",
];

/// A test: its file below the root, and its name.
type Test = (String, String);

fn main() -> io::Result<()> {
    let (rows, unknown) = rows()?;
    println!("| row | what | tests |\n|---|---|---|");
    for (id, row) in &rows {
        let tests = row.tests.iter().map(|(file, name)| format!("{file} `{name}`"));
        let tests = tests.collect::<Vec<_>>().join("<br>");
        let tests = if tests.is_empty() { "none" } else { &tests };
        println!("| {id} | {} | {tests} |", row.title);
    }
    let without = rows.values().filter(|row| row.tests.is_empty()).count();
    println!("\n{} rows, {without} without a test", rows.len());
    match unknown.first() {
        None => Ok(()),
        Some((file, name)) => {
            Err(io::Error::other(format!("tests/rows.txt: there is no test `{name}` in {file}")))
        }
    }
}

#[derive(Debug, Default)]
struct Row {
    title: String,
    tests: Vec<Test>,
}

/// Every row with its tests, and the tests that are listed and are not there.
fn rows() -> io::Result<(BTreeMap<String, Row>, Vec<Test>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Vec::new();
    for folder in FOLDERS {
        for file in files(&root.join(folder))? {
            let text = fs::read_to_string(&file)?;
            let name = file.strip_prefix(&root).unwrap_or(&file).display().to_string();
            all.extend(tests(&name, &text).into_iter().map(|test| (name.clone(), test)));
        }
    }
    let (mut rows, mut unknown, mut last) = (BTreeMap::new(), Vec::new(), String::new());
    let listed = fs::read_to_string(root.join("tests/rows.txt"))?;
    for line in listed.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (first, rest) = line.trim().split_once(' ').unwrap_or((line, ""));
        if !line.starts_with(' ') {
            last = first.to_owned();
            rows.insert(last.clone(), Row { title: rest.to_owned(), tests: Vec::new() });
            continue;
        }
        let test = (first.to_owned(), rest.to_owned());
        if !all.contains(&test) {
            unknown.push(test.clone());
        }
        rows.entry(last.clone()).or_default().tests.push(test);
    }
    for test in all {
        for id in ids(&test.1) {
            let row: &mut Row = rows.entry(id).or_default();
            row.tests.push(test.clone());
        }
    }
    Ok((rows, unknown))
}

/// The source files in a folder, sorted.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        match name.as_deref() {
            Some("node_modules" | "static" | "target") | None => {}
            Some(_) if path.is_dir() => found.extend(files(&path)?),
            Some(name) if name.ends_with(".rs") || name.contains(".test.") => found.push(path),
            Some(_) => {}
        }
    }
    found.sort();
    Ok(found)
}

/// The names of the tests in a file.
fn tests(file: &str, text: &str) -> Vec<String> {
    if file.ends_with(".rs") { rust(text) } else { script(text) }
}

fn rust(text: &str) -> Vec<String> {
    let (mut names, mut is_test) = (Vec::new(), false);
    for line in text.lines().map(str::trim_start) {
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        if let Some(function) = function {
            let name = function.split(['(', '<']).next().unwrap_or_default();
            names.extend(is_test.then(|| name.to_owned()));
            is_test = false;
        }
    }
    names
}

/// Of JavaScript, where a test is `scene("…", …)` or `test("…", …)`, its name in double quotes or backticks.
fn script(text: &str) -> Vec<String> {
    let quoted = |line: &str| {
        let call = line.trim_start();
        let rest = call.strip_prefix("scene(").or_else(|| call.strip_prefix("test("))?;
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '`'))?;
        Some(rest[1..].split_once(quote)?.0.to_owned())
    };
    text.lines().filter_map(quoted).collect()
}

/// The rows at the start of a test's name: `s_07_s_19_what` or `S-07 S-19 what`.
fn ids(name: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut words = name.split(['_', ' ', '-']);
    while let (Some(letter), Some(number)) = (words.next(), words.next()) {
        let is_letter = letter.len() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic());
        if !is_letter || number.len() != 2 || !number.chars().all(|c| c.is_ascii_digit()) {
            break;
        }
        ids.push(format!("{}-{number}", letter.to_ascii_uppercase()));
    }
    ids
}

#[cfg(test)]
mod checks {
    use super::{ids, rows, rust, script};

    #[test]
    fn every_listed_test_is_there() -> std::io::Result<()> {
        assert_eq!(rows()?.1, []);
        Ok(())
    }

    #[test]
    fn a_test_is_known_by_its_attribute_and_a_row_by_the_name() {
        let text =
            "fn s_01_helper() {}\n#[tokio::test(start_paused = true)]\nasync fn s_07_s_19_x() {}\n";
        assert_eq!(rust(text), ["s_07_s_19_x"]);
        let text = "scene(\"S-15 S-18 a form\", {}, …\n  scene(`S-23 ${with}`, …\nscene(name, …";
        assert_eq!(script(text), ["S-15 S-18 a form", "S-23 ${with}"]);
        assert_eq!(ids("s_07_s_19_x"), ["S-07", "S-19"]);
        assert_eq!(ids("S-15 S-18 a form"), ["S-15", "S-18"]);
        assert!(ids("a_form_with_files").is_empty() && ids("s_7").is_empty());
    }
}
