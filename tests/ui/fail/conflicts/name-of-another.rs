use comet::comet;

#[comet]
async fn list() {}

#[comet(name = "list")]
async fn all() {}

fn main() {}
