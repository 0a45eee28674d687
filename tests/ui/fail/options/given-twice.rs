use comet::comet;

#[comet("/tasks", route = "/jobs")]
async fn list() {}

fn main() {}
