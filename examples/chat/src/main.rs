//! `cargo run -p chat`, then open the address it prints.

layout::front!(chat::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().run().await
}
