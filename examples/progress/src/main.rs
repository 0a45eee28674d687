//! `cargo run -p progress`, then open the address it prints.

layout::front!(progress::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().run().await
}
