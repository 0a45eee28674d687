//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/ticker",
        title: "Ticker",
        summary: "Typed events from one endpoint: a chart is drawn from them here, and curl reads the same.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl -N http://127.0.0.1:8080/ticker/COMET",
    }
    page: ticker_page,
    script: ticker_script at "/ticker.js",
}
