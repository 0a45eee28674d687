//! `cargo run -p camera`, then open the address it prints.

layout::front!(camera::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    tokio::spawn(camera::film());
    comet::App::from_linked().run().await
}
