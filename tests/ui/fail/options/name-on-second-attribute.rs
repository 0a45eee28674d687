use comet::comet;

#[comet("/tasks")]
#[comet("/jobs", name = "jobs")]
async fn list() {}

fn main() {}
