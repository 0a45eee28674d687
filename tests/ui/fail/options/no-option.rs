use comet::comet;

#[comet("/tasks", => 3)]
async fn list() {}

fn main() {}
