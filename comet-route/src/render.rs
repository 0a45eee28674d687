//! From a route and values to a URL.

use std::fmt;

use crate::encode::{encode_query_value, encode_rest, encode_segment, fits_rest, fits_segment};
use crate::placeholder::Placeholder;
use crate::route::{Route, Segment};

/// Why a route cannot be written with the values given.
///
/// ```
/// let route = comet_route::Route::parse("/tasks/{id}")?;
/// let error = route.render(|_| None).unwrap_err();
/// assert_eq!(error.to_string(), "the route needs a value for `{id}`");
/// # Ok::<(), comet_route::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// The placeholder of this name stands in the path and has no value.
    Missing(String),
    /// The value cannot stand in a path: it is empty, or `.` or `..`, which clients resolve.
    Unfit {
        /// The placeholder's name.
        name: String,
        /// The value it was given.
        value: String,
    },
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the route needs a value for `{{{name}}}`"),
            Self::Unfit { name, value } => {
                write!(f, "`{{{name}}}` cannot be {value:?}: a path does not carry it unchanged")
            }
        }
    }
}

impl std::error::Error for RenderError {}

impl Route {
    /// Writes the URL, path and query, with the values that `value` gives by name, each escaped
    /// for its place. A query parameter without a value is left out; `""` is a value.
    ///
    /// What [`matches`](Route::matches) and [`decode`](crate::decode) read from the normalised
    /// result are the values again.
    ///
    /// # Errors
    /// A placeholder of the path has no value, or one that a path cannot carry: empty, or with a
    /// segment `.` or `..`.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/tasks/{id}/log?{after}&{limit}")?;
    /// let url = route.render(|name| match name {
    ///     "id" => Some("a/b".into()),
    ///     "limit" => Some("10".into()),
    ///     _ => None,
    /// })?;
    /// assert_eq!(url, "/tasks/a%2Fb/log?limit=10");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn render(
        &self,
        mut value: impl FnMut(&str) -> Option<String>,
    ) -> Result<String, RenderError> {
        let mut url = String::new();
        for segment in &self.segments {
            url.push('/');
            match segment {
                Segment::Static(text) => url.push_str(text),
                Segment::Param(name) => {
                    url.push_str(&encode_segment(&required(name, &mut value, fits_segment)?));
                }
                Segment::Rest(name) => {
                    url.push_str(&encode_rest(&required(name, &mut value, fits_rest)?));
                }
            }
        }
        if url.is_empty() {
            url.push('/');
        }
        self.push_query(&mut url, value);
        Ok(url)
    }

    fn push_query(&self, url: &mut String, mut value: impl FnMut(&str) -> Option<String>) {
        let mut separator = '?';
        for name in self.query().iter().map(Placeholder::name) {
            let Some(value) = value(name) else { continue };
            url.push(separator);
            url.push_str(name);
            url.push('=');
            url.push_str(&encode_query_value(&value));
            separator = '&';
        }
    }
}

fn required(
    name: &str,
    value: &mut impl FnMut(&str) -> Option<String>,
    fits: fn(&str) -> bool,
) -> Result<String, RenderError> {
    let value = value(name).ok_or_else(|| RenderError::Missing(name.into()))?;
    if fits(&value) { Ok(value) } else { Err(RenderError::Unfit { name: name.into(), value }) }
}
