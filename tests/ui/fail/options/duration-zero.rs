use comet::comet;

#[comet("/tasks", resume = "0s")]
async fn list() {}

fn main() {}
