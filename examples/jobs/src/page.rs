//! The pages around the handlers.

layout::lesson! {
    /// What the page of the jobs shows.
    LESSON {
        path: "/jobs",
        title: "Jobs",
        summary: "A whole struct of handlers at once, work that outlives the page, and a request that waits for its end.",
        live: "live.html",
        source: "lib.rs",
        curl: "# once a job has been started\ncurl http://127.0.0.1:8080/jobs/1/done",
    }
    page: jobs_page,
    script: jobs_script at "/jobs.js",
}

layout::lesson! {
    /// What the page of the shoutbox shows.
    SHOUTBOX {
        path: "/shoutbox",
        title: "Shoutbox",
        summary: "What one visitor says, every visitor sees; what they type stays text.",
        live: "shoutbox.html",
        source: "shoutbox.rs",
        curl: "curl -N http://127.0.0.1:8080/shouts",
    }
    page: shoutbox_page,
    script: shoutbox_script at "/shoutbox.js",
}
