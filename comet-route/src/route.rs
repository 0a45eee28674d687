//! What a parsed route is: segments of the path and placeholders, plain data.

use std::fmt;
use std::str::FromStr;

use crate::error::ParseError;
use crate::parse;
use crate::placeholder::{Place, Placeholder};

/// The most bytes a route may have.
///
/// ```
/// use comet_route::{MAX_BYTES, Route};
/// assert!(Route::parse(&format!("/{}", "a".repeat(MAX_BYTES))).is_err());
/// ```
pub const MAX_BYTES: usize = 1024;

/// The most placeholders a route may have, path and query together.
///
/// ```
/// use comet_route::{MAX_PLACEHOLDERS, Route};
/// let names: Vec<_> = (0..MAX_PLACEHOLDERS).map(|n| format!("{{q{n}}}")).collect();
/// assert!(Route::parse(&format!("/?{}", names.join("&"))).is_ok());
/// ```
pub const MAX_PLACEHOLDERS: usize = 64;

/// One segment of a route's path: what stands between two slashes.
///
/// ```
/// use comet_route::{Route, Segment};
/// let route = Route::parse("/%7eme/{*path}")?;
/// let [Segment::Static(text), Segment::Rest(name)] = route.segments() else { unreachable!() };
/// assert_eq!((&**text, &**name), ("~me", "path"));
/// # Ok::<(), comet_route::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Literal text in normal form: percent-encoded, never empty, never `.` or `..`.
    Static(String),
    /// `{name}`: exactly one segment, not empty.
    Param(String),
    /// `{*name}`: everything that follows, at least one character; always last.
    Rest(String),
}

/// A checked route: `/tasks/{id}/log?{after}`.
///
/// Two routes are equal (`==`) when their sources are; [`shape`](Route::shape) compares what they
/// match.
///
/// ```
/// use comet_route::{Route, Segment};
///
/// let route = Route::parse("/tasks/{id}/log?{after}")?;
/// assert_eq!(route.path(), "/tasks/{id}/log");
/// assert_eq!(route.segments()[1], Segment::Param("id".into()));
/// assert_eq!(route.query()[0].name(), "after");
/// # Ok::<(), comet_route::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Route {
    pub(crate) source: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) names: Vec<Placeholder>,
}

impl Route {
    /// Reads a route.
    ///
    /// # Errors
    /// The first thing that is wrong with it; [`parse_all`](Route::parse_all) gives them all. The
    /// crate documentation lists what is refused.
    ///
    /// ```
    /// use comet_route::Route;
    ///
    /// assert!(Route::parse("/tasks/{id}").is_ok());
    /// let error = Route::parse("/tasks/:id").unwrap_err();
    /// assert_eq!(error.message, "route parameters are written `{id}`, not `:id`");
    /// ```
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        let (route, errors) = parse::route(source);
        errors.into_iter().next().map_or(Ok(route), Err)
    }

    /// Reads a route and reports every mistake in it, one error each, in the order of the source.
    ///
    /// # Errors
    /// All that is wrong with it, never an empty list.
    ///
    /// ```
    /// let errors = comet_route::Route::parse_all("/:id/{task-id}").unwrap_err();
    /// assert_eq!(errors.len(), 2);
    /// ```
    pub fn parse_all(source: &str) -> Result<Self, Vec<ParseError>> {
        let (route, errors) = parse::route(source);
        if errors.is_empty() { Ok(route) } else { Err(errors) }
    }

    /// The route as it was written.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/café?{size}")?;
    /// assert_eq!(route.source(), "/café?{size}");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The route as it was written, without its query.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/café?{size}")?;
    /// assert_eq!(route.path(), "/café");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        self.source.split_once('?').map_or(&self.source, |(path, _)| path)
    }

    /// The segments of the path in order; none for `/`.
    ///
    /// ```
    /// use comet_route::{Route, Segment};
    /// let route = Route::parse("/café")?;
    /// assert_eq!(route.segments(), [Segment::Static("caf%C3%A9".into())]);
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Every placeholder in the order of the source; the query's come last.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/tasks/{id}?{after}")?;
    /// let names: Vec<_> = route.names().iter().map(|p| p.name()).collect();
    /// assert_eq!(names, ["id", "after"]);
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn names(&self) -> &[Placeholder] {
        &self.names
    }

    /// The placeholders of the query in order.
    ///
    /// ```
    /// let route = comet_route::Route::parse("/tasks/{id}?{after}&{limit}")?;
    /// assert_eq!(route.query().len(), 2);
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn query(&self) -> &[Placeholder] {
        let first = self.names.partition_point(|name| name.place != Place::Query);
        self.names.get(first..).unwrap_or_default()
    }

    /// Whether the path lies under `/comet`, which the runtime keeps for itself.
    ///
    /// ```
    /// use comet_route::Route;
    /// assert!(Route::parse("/comet/events")?.is_reserved());
    /// assert!(!Route::parse("/comets")?.is_reserved());
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        matches!(self.segments.first(), Some(Segment::Static(text)) if text == "comet")
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl FromStr for Route {
    type Err = ParseError;

    fn from_str(source: &str) -> Result<Self, Self::Err> {
        Self::parse(source)
    }
}
