//! The page around the handlers.

use comet::{Html, comet};
use layout::{Lesson, Response};

/// What the page shows.
pub const LESSON: Lesson = Lesson {
    path: "/embed",
    title: "Embed",
    summary: "Comet inside an axum application: both have routes of their own and share one state.",
    live: include_str!("../static/live.html"),
    source: include_str!("lib.rs"),
    curl: "# axum's own route, in `cargo run -p embed`\ncurl -d dish=soup http://127.0.0.1:8080/orders",
};

#[comet(route = "/embed", public)]
async fn embed_page() -> Html {
    LESSON.page()
}

#[comet(route = "/embed.js", public)]
async fn embed_script() -> Response {
    layout::script(include_str!("../static/embed.js"))
}
