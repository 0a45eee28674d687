//! `cargo run -p messenger`, then open the address it prints. `MESSENGER_DB=file` says where the database is.

use comet::{App, Html, comet};

/// Alone in its program, the examples' pages are found here.
#[comet("/", public)]
async fn front() -> Html {
    let cards = [messenger::NOTIFICATIONS.card(), messenger::MESSENGER.card()].concat();
    let about = "Notifications that are acknowledged, and messages between people.";
    layout::page("Messenger", about, &format!(r#"<ul class="cards">{cards}</ul>"#))
}

#[tokio::main]
async fn main() -> comet::Result {
    let database = messenger::Database::from_env().await?;
    messenger::serve(App::from_linked(), database).run().await
}
