use comet::comet;

#[comet("/tasks", group = "to do")]
async fn list() {}

fn main() {}
