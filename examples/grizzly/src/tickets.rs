//! Who is who: what a page has logged in as, for as long as it is there.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use comet::{Error, StatusCode};

/// What each page is known as, by a ticket that it alone has.
#[derive(Debug)]
pub(crate) struct Tickets<T>(Mutex<HashMap<String, T>>);

/// A ticket, good until it is dropped.
#[derive(Debug)]
pub(crate) struct Ticket<'t, T> {
    all: &'t Tickets<T>,
    pub(crate) text: String,
}

impl<T: Clone> Tickets<T> {
    fn held(&self) -> MutexGuard<'_, HashMap<String, T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn give(&self, who: T) -> comet::Result<Ticket<'_, T>> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        let text: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        self.held().insert(text.clone(), who);
        Ok(Ticket { all: self, text })
    }

    pub(crate) fn who(&self, ticket: &str) -> comet::Result<T> {
        let found = self.held().get(ticket).cloned();
        found.ok_or_else(|| Error::new(StatusCode::FORBIDDEN, "log in first"))
    }
}

impl<T> Default for Tickets<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Drop for Ticket<'_, T> {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.text);
    }
}
