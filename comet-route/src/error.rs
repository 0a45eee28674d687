//! What is wrong with a route, where, and how to write it instead.

use std::fmt;
use std::ops::Range;

use crate::spell::spell_char;

/// One mistake in a route.
///
/// `Display` prints the message alone; [`render`](ParseError::render) adds the source with carets
/// and the help.
///
/// ```
/// let error = comet_route::Route::parse("/tasks/{task-id}").unwrap_err();
/// assert_eq!(error.range, 7..16);
/// assert_eq!(error.to_string(), "route parameter `task-id` is not a valid Rust name");
/// assert_eq!(error.help, "write `{task_id}` and name the argument `task_id`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseError {
    /// The bytes of the source that are wrong; empty where something is missing.
    pub range: Range<usize>,
    /// An earlier place that the mistake refers to, such as the first use of a repeated name.
    pub earlier: Option<Range<usize>>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to write instead, in one line.
    pub help: String,
}

impl ParseError {
    /// A mistake that the grammar cannot see, in the same form: a placeholder without an argument,
    /// say.
    ///
    /// ```
    /// let source = "/tasks/{taskid}";
    /// let error = comet_route::ParseError::new(
    ///     7..15,
    ///     "`{taskid}` in the route names no argument of `show`",
    ///     "did you mean `{task_id}`?",
    /// );
    /// assert!(error.render(source).ends_with("\n          ^^^^^^^^\nhelp: did you mean `{task_id}`?"));
    /// ```
    #[must_use]
    pub fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, earlier: None, message: message.into(), help: help.into() }
    }

    /// The message, the source with carets below the mistake, and the help, on four lines without
    /// a final newline; `source` is the text that was parsed.
    ///
    /// rustc indents the lines after the first of a `compile_error!`, so they carry only the
    /// indentation among themselves. Widths are counted in characters.
    ///
    /// ```
    /// let source = "/tasks/{task-id}/events";
    /// let error = comet_route::Route::parse(source).unwrap_err();
    /// assert_eq!(
    ///     error.render(source),
    ///     r#"route parameter `task-id` is not a valid Rust name
    ///   "/tasks/{task-id}/events"
    ///           ^^^^^^^^^
    /// help: write `{task_id}` and name the argument `task_id`"#
    /// );
    /// ```
    #[must_use]
    pub fn render(&self, source: &str) -> String {
        let Shown { text, marks } = self.show(source);
        format!("{}\n  \"{text}\"\n   {marks}\nhelp: {}", self.message, self.help)
    }

    /// The source as a literal spells it, and the line of marks below.
    fn show(&self, source: &str) -> Shown {
        let mut shown = Shown::default();
        for (at, c) in source.char_indices() {
            let mark = self.mark(at);
            let spelt = spell_char(c);
            shown.marks.extend(spelt.chars().map(|_| mark));
            shown.text.push_str(&spelt);
        }
        if self.range.is_empty() && self.range.start >= source.len() {
            shown.marks.push('^');
        }
        shown.marks.truncate(shown.marks.trim_end().len());
        shown
    }

    fn mark(&self, at: usize) -> char {
        if self.range.contains(&at) || (self.range.is_empty() && self.range.start == at) {
            '^'
        } else if self.earlier.as_ref().is_some_and(|earlier| earlier.contains(&at)) {
            '-'
        } else {
            ' '
        }
    }
}

#[derive(Default)]
struct Shown {
    text: String,
    marks: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}
