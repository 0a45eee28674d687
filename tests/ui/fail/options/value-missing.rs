use comet::comet;

#[comet("/tasks", name)]
async fn list() {}

fn main() {}
