//! `cargo run -p upload`, then open the address it prints.

layout::front!(upload::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().run().await
}
