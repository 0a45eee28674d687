//! `cargo run -p progress`, then open the address it prints.

use comet::{Html, comet};

/// Alone in its program, the example's page is the front page.
#[comet(route = "/", public)]
async fn home() -> Html {
    progress::LESSON.page()
}

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().run().await
}
