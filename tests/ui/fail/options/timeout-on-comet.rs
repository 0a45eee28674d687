use comet::comet;

#[comet("/tasks", timeout = "20s")]
async fn list() {}

fn main() {}
