//! The user a request comes from.

use std::fmt;
use std::sync::Arc;

use http::Extensions;

/// An authenticated user: an id, and what the application's [`Authenticator`](crate::Authenticator) found out besides.
///
/// Cheap to clone. Its `Debug` output is the id alone, so that nothing else reaches a log.
///
/// ```
/// use comet::User;
///
/// #[derive(Clone, PartialEq, Debug)]
/// struct Role(&'static str);
///
/// let ann = User::new("ann").with(Role("editor"));
/// assert_eq!(ann.id(), "ann");
/// assert_eq!(ann.get::<Role>(), Some(&Role("editor")));
/// assert_eq!(ann.get::<u32>(), None);
/// ```
#[derive(Clone)]
pub struct User {
    id: Arc<str>,
    values: Arc<Extensions>,
}

impl User {
    /// A user with an id that is unique within the application and stays the same between requests: runs are resumed
    /// by the same id only.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self { id: id.into(), values: Arc::default() }
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Adds a value, one of each type; a second one of a type replaces the first.
    #[must_use]
    pub fn with<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        Arc::make_mut(&mut self.values).insert(value);
        self
    }

    /// The value of a type, if there is one.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.values.get()
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("id", &self.id).finish_non_exhaustive()
    }
}
