use comet::{Json, comet};

struct Task;

#[comet("/task")]
async fn task() -> Json<Task> {
    Json(Task)
}

fn main() {}
