//! The page around the handlers.

use comet::{Html, comet};
use layout::Lesson;

/// What the page shows.
pub const LESSON: Lesson = Lesson {
    path: "/progress",
    title: "Progress",
    summary: "A function draws a progress bar while it works, and stops as soon as nobody looks.",
    live: include_str!("../static/live.html"),
    source: include_str!("lib.rs"),
    curl: "curl -N --json '[500]' -H 'Accept: text/event-stream' \\\n  http://127.0.0.1:8080/comet/call/import",
};

#[comet(route = "/progress", public)]
async fn progress_page() -> Html {
    LESSON.page()
}
