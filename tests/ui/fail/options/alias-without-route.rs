use comet::comet;

#[comet(alias = "/tasks")]
async fn list() {}

fn main() {}
