//! `cargo run -p ticker`, then open the address it prints.

layout::front!(ticker::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().run().await
}
