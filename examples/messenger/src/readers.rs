//! A database for handlers that wait: they read and nothing else, and not too many at once.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use comet::{Fault, StatusCode};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_rusqlite::Connection;
use tokio_rusqlite::rusqlite::{self, OpenFlags, Transaction};

/// Connections to one database, each for one transaction at a time.
///
/// * **They read.** SQLite itself refuses everything else, as each is opened for reading alone.
/// * **They roll back.** Each [`read`](Self::read) is a transaction of its own, so it sees what others have committed by
///   then, whole, and it leaves nothing behind: no lock that a writer would wait for while a handler waits for news.
/// * **There are so many.** Whoever comes when all are taken waits in order. A thousand handlers that wait take none.
#[derive(Clone)]
pub struct Readers(Arc<Inner>);

struct Inner {
    budget: Semaphore,
    /// As many as the budget has permits.
    free: Mutex<Vec<Connection>>,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// SQLite says so: somebody tried to write, for instance.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// The thread that reads is gone.
    #[error("the database is closed")]
    Closed,
}

impl Fault for ReadError {
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

impl From<tokio_rusqlite::Error> for ReadError {
    fn from(error: tokio_rusqlite::Error) -> Self {
        match error {
            tokio_rusqlite::Error::Error(error) => Self::Database(error),
            _ => Self::Closed,
        }
    }
}

/// What SQLite opens for a file: `:memory:` is one that all connections of the program share, and gone with it.
pub(crate) fn url(file: &str) -> String {
    match file {
        ":memory:" => {
            let mut name = [0; 8];
            // Without random bytes it is a database that the next one shares.
            let _ = getrandom::fill(&mut name);
            format!("file:/{:016x}?vfs=memdb", u64::from_ne_bytes(name))
        }
        file => file.to_owned(),
    }
}

impl Readers {
    /// Opens `most` connections to a database that there is.
    ///
    /// # Errors
    ///
    /// SQLite cannot open it.
    pub async fn open(url: &str, most: usize) -> Result<Self, ReadError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let mut free = Vec::new();
        for _ in 0..most.max(1) {
            free.push(Connection::open_with_flags(url, flags).await?);
        }
        let budget = Semaphore::new(free.len());
        Ok(Self(Arc::new(Inner { budget, free: Mutex::new(free) })))
    }

    /// Runs `query` in a transaction, once a connection is free.
    ///
    /// # Errors
    ///
    /// Those of the query; one that writes is refused.
    pub async fn read<T, F>(&self, query: F) -> Result<T, ReadError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        let taken = self.0.take().await?;
        // The transaction is dropped behind the query, which rolls it back.
        let found = taken.connection.call(|connection| query(&connection.transaction()?)).await?;
        Ok(found)
    }
}

impl Inner {
    async fn take(&self) -> Result<Taken<'_>, ReadError> {
        let permit = self.budget.acquire().await.map_err(|_| ReadError::Closed)?;
        let connection = self.free().pop().ok_or(ReadError::Closed)?;
        Ok(Taken { inner: self, connection, _permit: permit })
    }

    fn free(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that goes back when it is dropped, and with it the handler that has left in the middle.
struct Taken<'r> {
    inner: &'r Inner,
    connection: Connection,
    _permit: SemaphorePermit<'r>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        // Before the permit, which is a field.
        self.inner.free().push(self.connection.clone());
    }
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readers").field("free", &self.0.budget.available_permits()).finish()
    }
}
