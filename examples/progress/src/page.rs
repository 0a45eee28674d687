//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/progress",
        title: "Progress",
        summary: "A function draws a progress bar while it works, and stops as soon as nobody looks.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl -N --json '[500]' -H 'Accept: text/event-stream' \\\n  http://127.0.0.1:8080/comet/call/import",
    }
    page: progress_page,
}
