//! `cargo run -p hello`, then open the address it prints.

layout::front!(hello::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().run().await
}
