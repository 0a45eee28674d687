use comet::comet;

#[comet("/tasks", link = "tasks")]
async fn list() {}

fn main() {}
