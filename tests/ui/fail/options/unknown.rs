use comet::comet;

#[comet(rout = "/tasks")]
async fn list() {}

fn main() {}
