use comet::comet;

#[comet("/tasks", , public)]
async fn list() {}

fn main() {}
