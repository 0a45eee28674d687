//! The one connection that changes the database.

use comet::Result;
use tokio_rusqlite::Connection;
use tokio_rusqlite::rusqlite::{self, Transaction};

use crate::ReadError;

/// Changes the database, one transaction after the other.
#[derive(Clone, Debug)]
pub struct Writer(Connection);

impl Writer {
    pub(crate) async fn open(url: &str) -> Result<Self, ReadError> {
        let connection = Connection::open(url).await?;
        connection.call(|database| database.execute_batch(include_str!("schema.sql"))).await?;
        Ok(Self(connection))
    }

    /// Runs `change` in a transaction and commits it, unless it fails.
    pub(crate) async fn write<T, F>(&self, change: F) -> Result<T, ReadError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        let changed = self.0.call(|database| {
            let transaction = database.transaction()?;
            let changed = change(&transaction)?;
            transaction.commit()?;
            Ok(changed)
        });
        Ok(changed.await?)
    }
}
