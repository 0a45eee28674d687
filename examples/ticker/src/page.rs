//! The page around the handlers.

use comet::{Html, comet};
use layout::{Lesson, Response};

/// What the page shows.
pub const LESSON: Lesson = Lesson {
    path: "/ticker",
    title: "Ticker",
    summary: "Typed events from one endpoint: a chart is drawn from them here, and curl reads the same.",
    live: include_str!("../static/live.html"),
    source: include_str!("lib.rs"),
    curl: "curl -N http://127.0.0.1:8080/ticker/COMET",
};

#[comet(route = "/ticker", public)]
async fn ticker_page() -> Html {
    LESSON.page()
}

#[comet(route = "/ticker.js", public)]
async fn ticker_script() -> Response {
    layout::script(include_str!("../static/ticker.js"))
}
