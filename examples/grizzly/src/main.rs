//! `cargo run -p grizzly`, then open the address it prints.

use comet::{App, Html, comet};

/// The list of the examples.
#[comet("/", public)]
async fn front() -> Html {
    let cards: String = grizzly::LESSONS.iter().map(|lesson| lesson.card()).collect();
    let about = "What Grizzly Comet came with, on Comet.";
    layout::page("Grizzly", about, &format!(r#"<ul class="cards">{cards}</ul>"#))
}

#[tokio::main]
async fn main() -> comet::Result {
    tokio::spawn(grizzly::notices::strike());
    grizzly::added_to(App::from_linked()).run().await
}
