use comet::comet;

#[comet("/my tasks")]
async fn list() {}

fn main() {}
