use comet::comet;

#[comet("/tasks\\done")]
async fn show() {}

fn main() {}
