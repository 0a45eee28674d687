//! What passes an app's filters.

use std::fmt;

use crate::error::Error;

/// Something that is about to happen: what Dolores handed to each of her delegates. [`Roots::filter`](super::Roots::filter)
/// sees each before it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Update<'u> {
    /// A session is to follow a path. What the channel's `access` says of it is asked afterwards.
    Connect {
        /// The session's id.
        id: &'u str,
        /// The path.
        path: &'u str,
    },
    /// A session is to follow a path no longer.
    Disconnect {
        /// The session's id.
        id: &'u str,
        /// The path.
        path: &'u str,
    },
    /// Another process publishes.
    Message {
        /// The path.
        path: &'u str,
        /// The message, as JSON.
        message: &'u str,
    },
}

type Filter = Box<dyn Fn(&Update<'_>) -> Result<(), Error> + Send + Sync>;

/// Filters in the order that they were given.
#[derive(Default)]
pub(super) struct Filters(Vec<Filter>);

impl Filters {
    pub(super) fn add(
        &mut self,
        filter: impl Fn(&Update<'_>) -> Result<(), Error> + Send + Sync + 'static,
    ) {
        self.0.push(Box::new(filter));
    }

    /// Shows an update to each filter until one refuses it.
    pub(super) fn pass(&self, update: &Update<'_>) -> Result<(), Error> {
        self.0.iter().try_for_each(|filter| filter(update))
    }
}

impl fmt::Debug for Filters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filters").field(&self.0.len()).finish()
    }
}
