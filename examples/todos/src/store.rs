//! The database, and the hooks that publish what has changed in it.
//!
//! Triggers note each change of a row, whoever makes it, as an event. The events are published when the transaction is
//! committed and never before: on the database's own thread, so in the order of the commits, and also when the request
//! that made the change has gone.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use comet::{Fault, StatusCode};
use layout::Text;
use tokio::runtime::Handle;
use tokio_rusqlite::functions::FunctionFlags;
use tokio_rusqlite::rusqlite::{self, Connection, Params, Row, Transaction};

use crate::{List, Todo, TodoEvent};

const SCHEMA: &str = include_str!("schema.sql");
/// As many todos as a list may have, and as the database may.
const MOST: [i64; 2] = [200, 20_000];

/// All lists.
#[derive(Debug)]
pub struct Todos {
    database: tokio_rusqlite::Connection,
    changes: Changes,
}

/// What the open transaction has changed.
#[derive(Clone, Debug, Default)]
struct Changes(Arc<Mutex<Vec<(List, TodoEvent)>>>);

/// Why a list was not changed.
#[derive(Debug, thiserror::Error)]
pub enum TodoError {
    /// Somebody else was faster, or it never was.
    #[error("there is no todo {0}")]
    Missing(i64),
    /// No room.
    #[error("the list is full: do something first")]
    Full,
    /// SQLite failed.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// The change is in the database, but nobody was told; or the database is closed.
    #[error("{0}")]
    Broken(String),
}

impl Fault for TodoError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::Full => StatusCode::CONFLICT,
            Self::Database(_) | Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Todos {
    /// Opens the database file, or makes it; `:memory:` is one that is gone with the program.
    ///
    /// # Errors
    ///
    /// SQLite cannot open the file, or it is no database.
    pub async fn open(file: impl AsRef<Path>) -> Result<Self, TodoError> {
        let todos = Self {
            database: tokio_rusqlite::Connection::open(file).await?,
            changes: Changes::default(),
        };
        let changes = todos.changes.clone();
        todos.with(move |database| prepare(database, changes)).await?;
        Ok(todos)
    }

    /// The file that the variable `TODOS_DB` names, and one in the directory for temporary files without it.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub async fn from_env() -> Result<Self, TodoError> {
        let file = std::env::var_os("TODOS_DB").map_or_else(
            || std::env::temp_dir().join("comet-todos.sqlite"),
            std::path::PathBuf::from,
        );
        Self::open(file).await
    }

    pub(crate) async fn all(&self, list: List) -> Result<Vec<Todo>, TodoError> {
        self.with(move |database| {
            let mut query =
                database.prepare_cached("SELECT id, title, done FROM todo WHERE list = ?1")?;
            let todos = query.query_map([list.to_string()], todo)?.collect::<Result<_, _>>()?;
            Ok(todos)
        })
        .await
    }

    pub(crate) async fn insert(&self, list: List, title: Text<200>) -> Result<(), TodoError> {
        self.write(move |transaction| {
            let count = "SELECT count(*) FILTER (WHERE list = ?1), count(*) FROM todo";
            let there: [i64; 2] = transaction
                .query_row(count, [list.to_string()], |row| Ok([row.get(0)?, row.get(1)?]))?;
            if there.iter().zip(MOST).any(|(there, most)| *there >= most) {
                return Err(TodoError::Full);
            }
            let row = (list.to_string(), title.to_string());
            transaction.execute("INSERT INTO todo (list, title) VALUES (?1, ?2)", row)?;
            Ok(())
        })
        .await
    }

    /// Changes the todo with that number by a statement.
    pub(crate) async fn change(
        &self,
        statement: &'static str,
        id: i64,
        values: impl Params + Send + 'static,
    ) -> Result<(), TodoError> {
        self.write(move |transaction| match transaction.execute(statement, values)? {
            0 => Err(TodoError::Missing(id)),
            _ => Ok(()),
        })
        .await
    }

    /// Runs a transaction and, when it is committed, publishes what it has changed.
    async fn write<F>(&self, change: F) -> Result<(), TodoError>
    where
        F: FnOnce(&Transaction<'_>) -> Result<(), TodoError> + Send + 'static,
    {
        let (changes, runtime) = (self.changes.clone(), Handle::current());
        self.with(move |database| {
            changes.take(); // of a transaction that was rolled back
            let transaction = database.transaction()?;
            change(&transaction)?;
            transaction.commit()?;
            for (list, event) in changes.take() {
                let published = runtime.block_on(TodoEvent::channel(&list).publish(&event));
                published.map_err(|error| TodoError::Broken(error.to_string()))?;
            }
            Ok(())
        })
        .await
    }

    /// Runs `work` on the database's thread.
    async fn with<T, F>(&self, work: F) -> Result<T, TodoError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, TodoError> + Send + 'static,
    {
        self.database.call(work).await.map_err(|error| match error {
            tokio_rusqlite::Error::Error(error) => error,
            other => TodoError::Broken(other.to_string()),
        })
    }
}

/// Makes the table, and the triggers that note what changes in it.
fn prepare(database: &Connection, changes: Changes) -> Result<(), TodoError> {
    let (saved, deleted) = (changes.clone(), changes);
    database.create_scalar_function("saved", 4, FunctionFlags::SQLITE_UTF8, move |row| {
        let todo = Todo { id: row.get(1)?, title: row.get(2)?, done: row.get(3)? };
        saved.note(row.get::<String>(0)?, TodoEvent::Saved(todo))
    })?;
    database.create_scalar_function("deleted", 2, FunctionFlags::SQLITE_UTF8, move |row| {
        deleted.note(row.get::<String>(0)?, TodoEvent::Deleted { id: row.get(1)? })
    })?;
    Ok(database.execute_batch(SCHEMA)?)
}

fn todo(row: &Row<'_>) -> rusqlite::Result<Todo> {
    Ok(Todo { id: row.get(0)?, title: row.get(1)?, done: row.get(2)? })
}

impl Changes {
    fn note(&self, list: String, event: TodoEvent) -> rusqlite::Result<bool> {
        let list = List::try_from(list)
            .map_err(|error| rusqlite::Error::UserFunctionError(Box::new(error)))?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((list, event));
        Ok(true)
    }

    fn take(&self) -> Vec<(List, TodoEvent)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
