//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/chat",
        title: "Chat",
        summary: "Rooms with a memory: who comes later hears what was said, and all see how many are there.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl --json '[\"Halley\", \"Back in 2061.\"]' http://127.0.0.1:8080/rooms/lobby\ncurl -N 'http://127.0.0.1:8080/comet/events?channel=rooms/lobby&history=50'",
    }
    page: chat_page,
    script: chat_script at "/chat.js",
    script: chat_api at "/chat-api.js",
}
