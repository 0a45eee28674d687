use comet::comet;

#[comet("/tasks", alias = "/tasks")]
async fn list() {}

fn main() {}
