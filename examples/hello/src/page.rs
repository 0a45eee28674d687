//! The page around the handlers.

use comet::{Html, comet};
use layout::Lesson;

/// What the page shows.
pub const LESSON: Lesson = Lesson {
    path: "/hello",
    title: "Hello",
    summary: "A form and a button call functions on the server; what those queue happens on the page.",
    live: include_str!("../static/live.html"),
    source: include_str!("lib.rs"),
    curl: "curl --json '[\"world\"]' http://127.0.0.1:8080/comet/call/hello",
};

#[comet(route = "/hello", public)]
async fn hello_page() -> Html {
    LESSON.page()
}
