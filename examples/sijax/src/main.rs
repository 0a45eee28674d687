//! `cargo run -p sijax`, then open the address it prints.

use comet::compat::sijax::Bootstrap;
use comet::{App, Html, comet};

/// Where somebody comes in who knows the address alone.
#[comet("/", public)]
async fn front(sijax: Bootstrap) -> Html {
    sijax::page(&sijax)
}

#[tokio::main]
async fn main() -> comet::Result {
    App::from_linked()
        .with(sijax::Guestbook::default())
        .adapt(sijax::mount())
        .csrf() // a call needs the token that the page was rendered with
        .run()
        .await
}
