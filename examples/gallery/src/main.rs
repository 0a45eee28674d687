//! `cargo run -p gallery`, then open the address it prints.

#[tokio::main]
async fn main() -> comet::Result {
    gallery::app().run().await
}
