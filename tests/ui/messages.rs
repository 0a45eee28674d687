//! What every message of a fixture is: one error, short, at the user's own token, in words that users know.

use std::path::Path;

use super::files::{below, read};

/// No message is longer.
const MOST_LINES: usize = 25;

/// What only expansions have, and what the compiler adds when an error stands at no token of the user's.
const INTERNALS: [&str; 11] = [
    "__private",
    "__comet",
    "__url",
    "__a0",
    "__a1",
    "__CometItem",
    "__call",
    "__instance",
    "__types",
    "__want",
    "error originates in the attribute macro",
];

#[test]
fn each_mistake_is_one_short_error_at_the_users_own_token() {
    let paths = below("ui/fail", "stderr");
    let texts: Vec<String> = paths.iter().map(read).collect();
    let wrong: Vec<String> =
        paths.iter().zip(&texts).flat_map(|(path, text)| wrong(path, text)).collect();
    let errors: usize = texts.iter().map(|text| count(text)).sum();
    let (longest, lines) = paths
        .iter()
        .zip(&texts)
        .map(|(path, text)| (path, text.lines().count()))
        .max_by_key(|(_, lines)| *lines)
        .expect("there are fixtures");
    println!(
        "{} fixtures, {:.2} errors each; the longest is {} with {lines} lines",
        paths.len(),
        errors as f64 / paths.len() as f64,
        longest.display()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_program_has_its_message() {
    let programs = below("ui/fail", "rs");
    let messages = below("ui/fail", "stderr");
    let expected: Vec<_> = programs.iter().map(|path| path.with_extension("stderr")).collect();
    assert_eq!(messages, expected);
}

fn count(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("error")).count()
}

/// What is wrong with a message.
fn wrong(path: &Path, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if count(text) != 1 {
        wrong.push(format!("has {} errors", count(text)));
    }
    if text.lines().count() > MOST_LINES {
        wrong.push(format!("has {} lines", text.lines().count()));
    }
    for word in INTERNALS.iter().filter(|word| text.contains(**word)) {
        wrong.push(format!("says `{word}`"));
    }
    wrong.extend(misplaced(&path.with_extension("rs"), text));
    wrong.into_iter().map(|what| format!("{} {what}", path.display())).collect()
}

/// Why the first place of a message is no token of the program.
fn misplaced(program: &Path, text: &str) -> Option<String> {
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let expected = program.to_str()?;
    let Some(place) = place.strip_prefix(expected) else {
        return Some(format!("points at {place}"));
    };
    let mut numbers = place.split(':').skip(1).map(|number| number.parse::<usize>().unwrap());
    let (line, column) = (numbers.next()?, numbers.next()?);
    let source = read(program);
    let token = source.lines().nth(line - 1)?.chars().nth(column - 1);
    match token {
        Some('#') => Some("points at the whole attribute".to_owned()),
        Some(c) if !c.is_whitespace() => None,
        _ => Some(format!("points at nothing: {line}:{column}")),
    }
}
