//! `cargo run -p gallery`, then open the address it prints.

#[tokio::main]
async fn main() -> comet::Result {
    tokio::spawn(camera::film());
    tokio::spawn(grizzly::notices::strike());
    let todos = todos::Todos::from_env().await?;
    gallery::app(todos, messenger::Database::from_env().await?).run().await
}
