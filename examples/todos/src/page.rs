//! The page around the handlers.

use comet::{Cursor, Html, url};
use maud::{Markup, html};

use crate::{List, Todo, Todos};

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/todos",
        title: "Todos",
        summary: "A shared list in SQLite: what one browser changes, every other one shows.",
        source: "lib.rs",
        curl: "curl --json '[\"home\", \"Look up\"]' http://127.0.0.1:8080/comet/call/todos_add\ncurl -N 'http://127.0.0.1:8080/comet/events?channel=todos/home&history=10'",
    }
    script: todos_script at "/todos.js",
    script: todos_api at "/todos-api.js",
}

/// The page of a list: whole before its script has run. Its links are checked: one to a handler that is not there, or
/// without what it takes, does not compile.
pub(crate) fn render(list: &List, cursor: Cursor, todos: &[Todo]) -> Html {
    let other = url!(Todos::show, list = Some(List::fixed("holiday")));
    let live = html! {
        p #left .big role="status" {}
        ul #todos .list data-list=(list) data-cursor=(cursor) data-empty="Nothing to do" {
            @for todo in todos { (row(todo)) }
        }
        template #todo { (row(&Todo::default())) }
        form #add data-comet-call="todos_add" {
            input type="hidden" name="list" value=(list);
            .field {
                label for="title" { "What is to be done?" }
                input #title name="title" maxlength="200" autocomplete="off" required;
            }
            .actions { button { "Add" } }
        }
        p #trouble .warm role="alert" {}
        p .note {
            "This is the list " strong { (list) } ": send its address to somebody, or open it twice. Any other name, "
            a href={ "." (other) } { (other) } " for instance, is another list."
        }
        script type="module" src="todos.js" {}
    };
    LESSON.page_with(&live.into_string())
}

/// A todo's row, and what the script makes rows of.
fn row(todo: &Todo) -> Markup {
    html! {
        li .todo data-id=(todo.id) {
            label { input type="checkbox" checked[todo.done]; span { (todo.title) } }
            button .quiet type="button" aria-label={ "Remove " (todo.title) } { "×" }
        }
    }
}
