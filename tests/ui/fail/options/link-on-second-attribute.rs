use comet::comet;

#[comet("/tasks")]
#[comet("/jobs", link = jobs)]
async fn list() {}

fn main() {}
