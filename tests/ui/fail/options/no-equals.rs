use comet::comet;

#[comet("/tasks", method POST)]
async fn list() {}

fn main() {}
