use comet::comet;

#[comet("/tasks", public = true)]
async fn list() {}

fn main() {}
