//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/hello",
        title: "Hello",
        summary: "A form and a button call functions on the server; what those queue happens on the page.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl --json '[\"world\"]' http://127.0.0.1:8080/comet/call/hello",
    }
    page: hello_page,
}
