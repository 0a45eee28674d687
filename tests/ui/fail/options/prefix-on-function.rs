use comet::comet;

#[comet(prefix = "/tasks")]
async fn list() {}

fn main() {}
