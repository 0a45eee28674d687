use comet::comet;

#[comet("/tasks/")]
async fn show() {}

fn main() {}
