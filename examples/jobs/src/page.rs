//! The pages around the handlers.

use comet::{Html, comet};
use layout::{Lesson, Response};

/// What the page of the jobs shows.
pub const LESSON: Lesson = Lesson {
    path: "/jobs",
    title: "Jobs",
    summary: "A whole struct of handlers at once, work that outlives the page, and a request that waits for its end.",
    live: include_str!("../static/live.html"),
    source: include_str!("lib.rs"),
    curl: "# once a job has been started\ncurl http://127.0.0.1:8080/jobs/1/done",
};

/// What the page of the shoutbox shows.
pub const SHOUTBOX: Lesson = Lesson {
    path: "/shoutbox",
    title: "Shoutbox",
    summary: "What one visitor says, every visitor sees; what they type stays text.",
    live: include_str!("../static/shoutbox.html"),
    source: include_str!("shoutbox.rs"),
    curl: "curl -N http://127.0.0.1:8080/shouts",
};

#[comet(route = "/jobs", public)]
async fn jobs_page() -> Html {
    LESSON.page()
}

#[comet(route = "/shoutbox", public)]
async fn shoutbox_page() -> Html {
    SHOUTBOX.page()
}

#[comet(route = "/jobs.js", public)]
async fn jobs_script() -> Response {
    layout::script(include_str!("../static/jobs.js"))
}

#[comet(route = "/shoutbox.js", public)]
async fn shoutbox_script() -> Response {
    layout::script(include_str!("../static/shoutbox.js"))
}
