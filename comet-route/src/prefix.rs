//! The prefix that the routes of an `impl` block share.

use crate::error::ParseError;
use crate::route::{Route, Segment};

/// A checked prefix: a route of static segments only, at least one, without query.
///
/// ```
/// use comet_route::{Prefix, Route};
///
/// let jobs = Prefix::parse("/jobs")?;
/// assert_eq!(Route::parse("/{id}/done")?.join(&jobs)?.source(), "/jobs/{id}/done");
/// # Ok::<(), comet_route::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Prefix(Route);

impl Prefix {
    /// Reads a prefix.
    ///
    /// # Errors
    /// What [`Route::parse`] refuses, any placeholder, a query, and `/`.
    ///
    /// ```
    /// let error = comet_route::Prefix::parse("/users/{id}").unwrap_err();
    /// assert_eq!(error.message, "a prefix has no placeholders: `{id}`");
    /// ```
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        let route = Route::parse(source)?;
        if let Some(placeholder) = route.names.first() {
            let message =
                format!("a prefix has no placeholders: `{}`", &source[placeholder.range()]);
            let help = "write it in the route of each method";
            return Err(ParseError::new(placeholder.range(), message, help));
        }
        if route.segments.is_empty() {
            let help = "leave the prefix out";
            return Err(ParseError::new(0..1, "a prefix has at least one segment", help));
        }
        Ok(Self(route))
    }

    /// The prefix as it was written.
    ///
    /// ```
    /// assert_eq!(comet_route::Prefix::parse("/jobs")?.source(), "/jobs");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// Its segments, all [`Segment::Static`].
    ///
    /// ```
    /// assert_eq!(comet_route::Prefix::parse("/a/b")?.segments().len(), 2);
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        self.0.segments()
    }
}

impl Route {
    /// This route below a prefix; `/` below `/jobs` is `/jobs`. The ranges of its
    /// [`names`](Route::names) count in the joined source.
    ///
    /// # Errors
    /// The joined route is longer than [`MAX_BYTES`](crate::MAX_BYTES).
    ///
    /// ```
    /// use comet_route::{Prefix, Route};
    /// let jobs = Prefix::parse("/jobs")?;
    /// assert_eq!(Route::parse("/?{page}")?.join(&jobs)?.source(), "/jobs?{page}");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    pub fn join(&self, prefix: &Prefix) -> Result<Self, ParseError> {
        let own = if self.segments.is_empty() { &self.source[1..] } else { &self.source };
        Self::parse(&format!("{}{own}", prefix.source()))
    }

    /// Whether the route begins with the prefix that [`join`](Route::join) would put before it: a
    /// likely mistake.
    ///
    /// ```
    /// use comet_route::{Prefix, Route};
    /// let jobs = Prefix::parse("/jobs")?;
    /// assert!(Route::parse("/jobs/{id}")?.repeats_prefix(&jobs));
    /// assert!(!Route::parse("/jobs-done")?.repeats_prefix(&jobs));
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn repeats_prefix(&self, prefix: &Prefix) -> bool {
        self.segments.starts_with(prefix.segments())
    }
}
