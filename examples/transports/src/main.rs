//! `cargo run -p transports`, then open the address it prints.

layout::front!(transports::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().run().await
}
