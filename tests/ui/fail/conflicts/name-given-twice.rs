use comet::comet;

#[comet(name = "all", name = "all")]
async fn list() {}

fn main() {}
