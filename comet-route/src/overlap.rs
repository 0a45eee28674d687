//! Which routes have paths in common, and which of them gets such a path.

use std::cmp::Ordering;

use crate::route::{Route, Segment};

impl Route {
    /// Whether some path matches both routes.
    ///
    /// ```
    /// use comet_route::Route;
    /// let me = Route::parse("/users/me")?;
    /// assert!(me.overlaps(&Route::parse("/users/{id}")?));
    /// assert!(!me.overlaps(&Route::parse("/users/{id}/jobs")?));
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let mut pairs = self.segments.iter().zip(&other.segments);
        loop {
            match pairs.next() {
                None => return self.segments.len() == other.segments.len(),
                Some((Segment::Rest(_), _) | (_, Segment::Rest(_))) => return true,
                Some((Segment::Static(a), Segment::Static(b))) if a != b => return false,
                Some(_) => {}
            }
        }
    }

    /// The order in which routes are tried: of two that match one path, the lesser gets it.
    ///
    /// The first segment in which they differ decides: a static segment comes before a parameter,
    /// a parameter before a rest. Routes that do not overlap are in a fixed order without meaning;
    /// `Equal` means equal [shape](Route::shape).
    ///
    /// ```
    /// use comet_route::Route;
    /// let mut table = ["/{*path}", "/users/{id}", "/users/me"].map(|r| Route::parse(r).unwrap());
    /// table.sort_by(Route::cmp_precedence);
    /// assert_eq!(table.map(|r| r.to_string()), ["/users/me", "/users/{id}", "/{*path}"]);
    /// ```
    #[must_use]
    pub fn cmp_precedence(&self, other: &Self) -> Ordering {
        self.segments.iter().map(rank).cmp(other.segments.iter().map(rank))
    }

    /// Whether this route takes paths away from `other`: they overlap, and this one comes first.
    ///
    /// ```
    /// use comet_route::Route;
    /// let (me, id) = (Route::parse("/users/me")?, Route::parse("/users/{id}")?);
    /// assert!(me.beats(&id) && !id.beats(&me));
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn beats(&self, other: &Self) -> bool {
        self.overlaps(other) && self.cmp_precedence(other) == Ordering::Less
    }
}

/// A segment without its name, in the order of precedence.
fn rank(segment: &Segment) -> (u8, &str) {
    match segment {
        Segment::Static(text) => (0, text),
        Segment::Param(_) => (1, ""),
        Segment::Rest(_) => (2, ""),
    }
}
