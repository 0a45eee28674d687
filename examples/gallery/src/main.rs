//! `cargo run -p gallery`, then open the address it prints.

#[tokio::main]
async fn main() -> comet::Result {
    tokio::spawn(camera::film());
    tokio::spawn(grizzly::notices::strike());
    gallery::app(todos::Todos::from_env().await?).run().await
}
