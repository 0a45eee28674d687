use comet::comet;

#[comet("/tasks\n")]
async fn show() {}

fn main() {}
