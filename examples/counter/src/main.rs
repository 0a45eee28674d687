//! `cargo run -p counter`, then open the address it prints.

layout::front!(counter::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    comet::App::from_linked().state(counter::Counter::default()).run().await
}
