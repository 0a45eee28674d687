use comet::comet;

#[comet("/tasks/../admin")]
async fn show() {}

fn main() {}
