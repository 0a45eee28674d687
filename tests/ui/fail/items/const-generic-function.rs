use comet::comet;

#[comet("/tasks")]
async fn list<const N: usize>() {}

fn main() {}
