//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/embed",
        title: "Embed",
        summary: "Comet inside an axum application: both have routes of their own and share one state.",
        live: "live.html",
        source: "lib.rs",
        curl: "# axum's own route, in `cargo run -p embed`\ncurl -d dish=soup http://127.0.0.1:8080/orders",
    }
    page: embed_page,
    script: embed_script at "/embed.js",
}
