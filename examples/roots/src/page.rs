//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/roots",
        title: "Roots",
        summary: "A page that was written for Roots shares its list with one of Comet’s own.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl http://127.0.0.1:8080/comet/",
    }
    page: roots_page,
    script: pomona at "/pomona.js",
    script: tasks at "/tasks.js",
}
