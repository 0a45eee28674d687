use comet::comet;

#[comet("/tasks", method = post)]
async fn list() {}

fn main() {}
