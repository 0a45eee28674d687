//! A shared list in SQLite: what one browser changes, every other one shows.

mod page;
mod store;

pub use page::LESSON;
pub use store::{TodoError, Todos};

use comet::{Html, Json, channel, comet};
use layout::{Slug, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The name of a list, as it stands in the URL.
pub type List = Slug;

/// What happens to a list, once it is in the database. Who missed too much loads the list anew.
#[channel("todos/{list}", list: List, history = 256, on_gap = snapshot, public)]
#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum TodoEvent {
    /// A todo is new, or has changed.
    Saved(Todo),
    /// A todo is gone.
    Deleted {
        /// Its number.
        id: i64,
    },
}

/// Something to do.
#[derive(Debug, Default, Serialize, Deserialize, TS)]
pub struct Todo {
    id: i64,
    title: String,
    done: bool,
}

#[comet(public)]
impl Todos {
    /// A list's page, with the position from which its events follow: none is missed, none comes twice.
    #[comet("/todos?{list}")]
    pub async fn show(&self, list: Option<List>) -> Result<Html, TodoError> {
        let list = list.unwrap_or(List::fixed("home"));
        let cursor = TodoEvent::channel(&list).cursor(); // before the todos are read
        let todos = self.all(list.clone()).await?;
        Ok(page::render(&list, cursor, &todos))
    }

    /// The list as it is, for who has missed a part of its events.
    #[comet("/todos/{list}/all")]
    pub async fn snapshot(&self, list: List) -> Result<Json<Vec<Todo>>, TodoError> {
        Ok(Json(self.all(list).await?))
    }

    /// Puts a todo on a list.
    pub async fn add(&self, list: List, title: Text<200>) -> Result<(), TodoError> {
        self.insert(list, title).await
    }

    /// Ticks a todo off, or on again.
    pub async fn check(&self, id: i64, done: bool) -> Result<(), TodoError> {
        self.change("UPDATE todo SET done = ?2 WHERE id = ?1", id, (id, done)).await
    }

    /// Takes a todo off its list.
    pub async fn remove(&self, id: i64) -> Result<(), TodoError> {
        self.change("DELETE FROM todo WHERE id = ?1", id, (id,)).await
    }
}

comet::typescript!("static/todos-api.js", client = "./comet/comet.js", crates = ["todos"]);
