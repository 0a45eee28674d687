//! The page around the handlers.

use comet::{Cursor, Html};

use crate::{List, Todo};

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/todos",
        title: "Todos",
        summary: "A shared list in SQLite: what one browser changes, every other one shows.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl --json '[\"home\", \"Look up\"]' http://127.0.0.1:8080/comet/call/todos_add\ncurl -N 'http://127.0.0.1:8080/comet/events?channel=todos/home&history=10'",
    }
    script: todos_script at "/todos.js",
}

/// The page of a list: whole before its script has run.
pub(crate) fn render(list: &List, cursor: Cursor, todos: &[Todo]) -> Html {
    LESSON.page_with(&format!(
        include_str!("../static/live.html"),
        list = list,
        cursor = cursor,
        blank = row(&Todo::default()),
        rows = todos.iter().map(row).collect::<Html>(),
    ))
}

/// A todo's row, and what the script makes rows of.
fn row(todo: &Todo) -> Html {
    Html::trusted(format!(
        include_str!("../static/row.html"),
        id = todo.id,
        title = Html::escape(&todo.title),
        checked = if todo.done { "checked" } else { "" },
    ))
}
