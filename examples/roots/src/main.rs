//! `cargo run -p roots`, then open the address it prints. Programs of this machine publish by a `POST` to `/`, as
//! Cornelius does. `TODOS_DB=file` says where the todos are kept.

use comet::App;
use todos::Todos;

layout::front!(roots::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    let todos = Todos::from_env().await?;
    App::from_linked().with(todos).adapt(roots::mount().dudley("/")).run().await
}
