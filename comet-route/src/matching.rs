//! Which paths one route matches, and the values in them.

use crate::route::{Route, Segment};

impl Route {
    /// The raw values of the path's placeholders when `path` matches, in order; decode each with
    /// [`decode`](crate::decode).
    ///
    /// `path` is in normal form (see [`normalize_path`](crate::normalize_path)), without query. A
    /// parameter is one segment that is not empty. A rest is one character or more and may begin
    /// with, end with or hold slashes: `/files/{*p}` matches neither `/files` nor `/files/`, but
    /// does match `/files//`. Otherwise a trailing slash makes a different path.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/tasks/{id}/{*file}")?;
    /// assert_eq!(route.matches("/tasks/7/a/b"), Some(vec![("id", "7"), ("file", "a/b")]));
    /// assert_eq!(route.matches("/tasks/7/"), None);
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn matches<'r, 'p>(&'r self, path: &'p str) -> Option<Vec<(&'r str, &'p str)>> {
        if self.segments.is_empty() {
            return (path == "/").then(Vec::new);
        }
        let mut values = Vec::new();
        let mut left = path;
        for segment in &self.segments {
            left = left.strip_prefix('/')?;
            let (piece, behind) = split_segment(left);
            match segment {
                Segment::Rest(name) => {
                    values.push((name.as_str(), left));
                    return (!left.is_empty()).then_some(values);
                }
                Segment::Param(name) if !piece.is_empty() => values.push((name, piece)),
                Segment::Static(text) if text == piece => {}
                Segment::Param(_) | Segment::Static(_) => return None,
            }
            left = behind;
        }
        left.is_empty().then_some(values)
    }
}

/// What is before the first slash, and the text from it on.
pub(crate) fn split_segment(text: &str) -> (&str, &str) {
    let slash = text.bytes().position(|byte| byte == b'/');
    text.split_at(slash.unwrap_or(text.len()))
}
