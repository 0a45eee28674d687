//! The run-time router: many routes, one look-up.

use std::fmt;

use crate::hint::nearest_of;
use crate::route::Route;
use crate::trie::Node;

/// Routes with a value each, and which of them a path belongs to.
///
/// Where several routes match, the one that [`cmp_precedence`](Route::cmp_precedence) puts first
/// gets the path: static before parameter before rest, segment by segment. Any two routes live
/// together but those of equal [shape](Route::shape); keep a table for each method.
///
/// ```
/// use comet_route::{Route, Table, normalize_path};
///
/// let mut table = Table::new();
/// table.insert(&Route::parse("/users/me")?, "me")?;
/// table.insert(&Route::parse("/users/{id}")?, "one user")?;
/// table.insert(&Route::parse("/users/{*path}")?, "all below")?;
///
/// let path = normalize_path("/users/7");
/// let found = table.at(&path).ok_or("no such path")?;
/// assert_eq!(*found.value, "one user");
/// assert_eq!(found.values, [("id", "7")]);
/// assert_eq!(table.at("/users/me").map(|found| *found.value), Some("me"));
/// assert_eq!(table.at("/users/me/keys").map(|found| *found.value), Some("all below"));
/// assert!(table.at("/users").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Table<T> {
    entries: Vec<(Route, T)>,
    root: Node,
}

/// The route that a path belongs to.
///
/// ```
/// let mut table = comet_route::Table::new();
/// table.insert(&comet_route::Route::parse("/tasks/{id}/{*file}")?, 1)?;
/// let found = table.at("/tasks/7/a/b%20c").ok_or("no such path")?;
/// assert_eq!(found.route.source(), "/tasks/{id}/{*file}");
/// assert_eq!(found.values, [("id", "7"), ("file", "a/b%20c")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'t, 'p, T> {
    /// The route.
    pub route: &'t Route,
    /// What was inserted with it.
    pub value: &'t T,
    /// The names of the path's placeholders in order, each with its raw piece of the path, as
    /// [`Route::matches`] gives them.
    pub values: Vec<(&'t str, &'p str)>,
}

/// A route that a table refuses, because one that it holds has the same shape.
///
/// ```
/// use comet_route::{Route, Table};
/// let mut table = Table::new();
/// table.insert(&Route::parse("/tasks/{id}")?, 1)?;
/// let conflict = table.insert(&Route::parse("/tasks/{name}")?, 2).unwrap_err();
/// assert_eq!(
///     conflict.to_string(),
///     "`/tasks/{name}` matches the same paths as `/tasks/{id}`: change one of the two"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The source of the route in the table.
    pub held: String,
    /// The source of the route that is refused.
    pub refused: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { held, refused } = self;
        write!(f, "`{refused}` matches the same paths as `{held}`: change one of the two")
    }
}

impl std::error::Error for Conflict {}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), root: Node::default() }
    }
}

impl<T> Table<T> {
    /// A table without routes.
    ///
    /// ```
    /// assert!(comet_route::Table::<()>::new().at("/").is_none());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a route. Its query does not count.
    ///
    /// # Errors
    /// The table holds a route of equal [shape](Route::shape). It stays as it was.
    ///
    /// ```
    /// use comet_route::{Route, Table};
    /// let mut table = Table::new();
    /// table.insert(&Route::parse("/tasks?{after}")?, 1)?;
    /// assert_eq!(table.insert(&Route::parse("/tasks")?, 2).unwrap_err().held, "/tasks?{after}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn insert(&mut self, route: &Route, value: T) -> Result<(), Conflict> {
        let end = self.root.end_of(route.segments());
        if let Some((held, _)) = end.and_then(|entry| self.entries.get(entry)) {
            return Err(Conflict { held: held.source.clone(), refused: route.source.clone() });
        }
        *end = Some(self.entries.len());
        self.entries.push((route.clone(), value));
        Ok(())
    }

    /// The route that a path belongs to; `path` is in normal form (see
    /// [`normalize_path`](crate::normalize_path)), without query.
    ///
    /// Allocates for [`values`](Found::values) only. The routes are a tree of segments, and a
    /// look-up enters each of its nodes at most once and reads one segment of the path there: no
    /// path, however long, costs more than that. In an ordinary table it enters a few nodes for
    /// each segment, because only a static segment beside a parameter makes it come back.
    ///
    /// ```
    /// use comet_route::{Route, Table};
    /// let mut table = Table::new();
    /// table.insert(&Route::parse("/a/{x}/c")?, 1)?;
    /// table.insert(&Route::parse("/a/b/d")?, 2)?;
    /// assert_eq!(table.at("/a/b/c").map(|found| found.values), Some(vec![("x", "b")]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn at<'p>(&self, path: &'p str) -> Option<Found<'_, 'p, T>> {
        let (route, value) = self.entries.get(self.root.find(path, &mut || {})?)?;
        Some(Found { route, value, values: route.matches(path)? })
    }

    /// The routes and their values in the order in which they were inserted.
    ///
    /// ```
    /// use comet_route::{Route, Table};
    /// let mut table = Table::new();
    /// table.insert(&Route::parse("/tasks")?, "list")?;
    /// assert!(table.routes().any(|(route, value)| route.path() == "/tasks" && *value == "list"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn routes(&self) -> impl ExactSizeIterator<Item = (&Route, &T)> {
        self.entries.iter().map(|(route, value)| (route, value))
    }

    /// The route that a path which matches nothing was most likely meant for, and its value: help
    /// for a 404, by the rules of [`nearest_route`](crate::nearest_route).
    ///
    /// ```
    /// use comet_route::{Route, Table};
    /// let mut table = Table::new();
    /// table.insert(&Route::parse("/tasks/{id}")?, "one task")?;
    /// assert_eq!(table.nearest("/task/7/").map(|(_, value)| *value), Some("one task"));
    /// assert_eq!(table.nearest("/news"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<(&Route, &T)> {
        nearest_of(path, self.routes())
    }
}
