//! A placeholder: what it is called, and where it is.

use std::ops::Range;

/// Where in a URL the value of a placeholder stands.
///
/// ```
/// use comet_route::{Place, Route};
/// let route = Route::parse("/{id}/{*path}?{after}")?;
/// let places: Vec<_> = route.names().iter().map(|name| name.place()).collect();
/// assert_eq!(places, [Place::Path, Place::Rest, Place::Query]);
/// # Ok::<(), comet_route::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// `{name}` in the path: one segment.
    Path,
    /// `{*name}` at the end of the path: what is left of it.
    Rest,
    /// `{name}` behind the `?`: the query parameter of that name.
    Query,
}

/// A name in braces that stands for a value, and where in the route it is written.
///
/// ```
/// let route = comet_route::Route::parse("/files/{*path}")?;
/// let path = &route.names()[0];
/// assert_eq!((path.name(), path.range()), ("path", 7..14));
/// # Ok::<(), comet_route::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Placeholder {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) range: Range<usize>,
}

impl Placeholder {
    /// The name, without braces, `*` or `r#`.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/files/{*path}")?;
    /// assert_eq!(route.names()[0].name(), "path");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its value stands in a URL.
    ///
    /// ```
    /// use comet_route::{Place, Route};
    /// let route = Route::parse("/tasks/{id}?{after}")?;
    /// assert_eq!(route.names()[1].place(), Place::Query);
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// The bytes of the route's source that spell it, braces included.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/tasks/{id}")?;
    /// assert_eq!(&route.source()[route.names()[0].range()], "{id}");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}
