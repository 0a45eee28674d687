//! `cargo run -p jobs`, then open the address it prints.

use comet::App;

layout::front!(jobs::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    App::from_linked()
        .with(jobs::Jobs::default())
        .state(jobs::shoutbox::Shoutbox::default())
        .csrf() // a call needs the token that the page's client fetches
        .run()
        .await
}
