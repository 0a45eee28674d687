//! `cargo run -p todos`, then open the address it prints. `TODOS_DB=file` says where the todos are kept.

use comet::{App, Html, State, comet};
use todos::{List, TodoError, Todos};

/// Alone in its program, the example's page is the front page.
#[comet("/?{list}", public)]
async fn front(list: Option<List>, todos: State<Todos>) -> Result<Html, TodoError> {
    todos.show(list).await
}

#[tokio::main]
async fn main() -> comet::Result {
    App::from_linked().with(Todos::from_env().await?).run().await
}
