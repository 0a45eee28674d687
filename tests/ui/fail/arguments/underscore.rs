use comet::comet;

#[comet("/tasks/{id}")]
async fn show(_id: u64) {}

fn main() {}
