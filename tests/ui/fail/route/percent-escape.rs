use comet::comet;

#[comet("/tasks/100%zz")]
async fn show() {}

fn main() {}
