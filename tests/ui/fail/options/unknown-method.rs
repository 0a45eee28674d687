use comet::comet;

#[comet("/tasks", method = GTE)]
async fn list() {}

fn main() {}
