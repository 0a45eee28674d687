//! Typed links: the URLs of handlers.

mod named;
#[cfg(test)]
mod tests;

use std::borrow::Borrow;
use std::fmt;

use crate::declared::Declares;
use crate::extract::{Gets, InUrl, Param, Query};
use crate::registry::Endpoint;

pub use named::{NamedLink, Refused};

/// The URL of a handler, as its generated `url` function builds it: percent-encoded and without the mount.
///
/// ```
/// use comet::{Page, comet};
///
/// #[comet("/tasks/{id}/progress?{from}", public)]
/// async fn progress(id: u64, from: Option<u32>, page: &mut Page) {
///     page.text("#task", id).text("#from", from.unwrap_or(0));
/// }
/// assert_eq!(progress::url(7, None).as_str(), "/tasks/7/progress");
/// assert_eq!(progress::url(7, Some(3)).under("/app"), "/app/tasks/7/progress?from=3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Url(String);

impl Url {
    /// The URL in an app that is mounted at `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL in an app that is mounted at `mount`.
    #[must_use]
    pub fn under(&self, mount: &str) -> String {
        format!("{}{}", mount.trim_end_matches('/'), self.0)
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// What is known of a handler by the type that stands beside it.
pub trait Link {
    /// The route as it is written in the attribute; `None` for a handler that is called by name only.
    const ROUTE: Option<&'static str>;
    /// The name it is called by.
    const NAME: &'static str;
    /// The method of its route.
    const METHOD: &'static str;
}

impl<T: Declares<T>> Link for T {
    const ROUTE: Option<&'static str> = match T::ENDPOINTS {
        [Endpoint { routes: [route, ..], .. }, ..] => Some(route),
        _ => None,
    };
    const NAME: &'static str = match T::ENDPOINTS {
        [Endpoint { names: [name, ..], .. }, ..] => name,
        _ => "",
    };
    const METHOD: &'static str = match T::ENDPOINTS {
        [first, ..] => first.method,
        [] => "",
    };
}

/// A path value in a link.
#[derive(Debug)]
pub struct Segment(String);

/// Writes the value of a placeholder that is one segment.
pub fn segment<T, G>(_: InUrl<T, G>, value: &impl Borrow<T>) -> Segment
where
    T: Param + ?Sized,
    G: for<'r> Gets<'r> + ?Sized,
{
    Segment(comet_route::encode_segment(&value.borrow().write()).into_owned())
}

/// Writes the value of a placeholder that is the rest of the path.
pub fn rest<T, G>(_: InUrl<T, G>, value: &impl Borrow<T>) -> Segment
where
    T: Param + ?Sized,
    G: for<'r> Gets<'r> + ?Sized,
{
    Segment(comet_route::encode_rest(&value.borrow().write()).into_owned())
}

/// Writes the values of a query placeholder as `name=value`, nothing when there are none.
#[expect(clippy::needless_pass_by_value, reason = "an expansion is shorter without the `&`")]
pub fn pairs<T, G>(of: InUrl<T, G>, value: &impl Borrow<T>) -> Segment
where
    T: Query + ?Sized,
    G: for<'r> Gets<'r> + ?Sized,
{
    Segment(joined(of.name, &value.borrow().write_all()))
}

fn joined(name: &str, values: &[String]) -> String {
    let pairs = values.iter().map(|v| format!("{name}={}", comet_route::encode_query_value(v)));
    pairs.collect::<Vec<_>>().join("&")
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes the URL of a route below a prefix: `formatted` is the route with its values written.
///
/// Values are encoded, so a `?` or `&` in it is the route's own; query placeholders without a value have left empty
/// pieces behind.
pub fn url(prefix: &str, formatted: fmt::Arguments<'_>) -> Url {
    let formatted = formatted.to_string();
    let (path, query) = formatted.split_once('?').unwrap_or((&formatted, ""));
    // `/` below `/jobs` is `/jobs`.
    let path = if path == "/" && !prefix.is_empty() { "" } else { path };
    // A route may be written with letters that a URL has as escapes only.
    let path = comet_route::normalize_path(&format!("{prefix}{path}")).into_owned();
    let query = query.split('&').filter(|pair| !pair.is_empty()).collect::<Vec<_>>().join("&");
    if query.is_empty() {
        return Url(path);
    }
    Url(format!("{path}?{query}"))
}
