//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/counter",
        title: "Counter",
        summary: "A click anywhere counts up everywhere: by requests that wait, and by a hidden frame.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl -X POST http://127.0.0.1:8080/clicks\ncurl http://127.0.0.1:8080/clicks    # then with ?after=…, to wait for the next",
    }
    page: counter_page,
    script: counter_script at "/counter.js",
}
