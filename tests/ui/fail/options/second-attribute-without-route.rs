use comet::comet;

#[comet("/tasks")]
#[comet]
async fn list() {}

fn main() {}
