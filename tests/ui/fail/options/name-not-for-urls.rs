use comet::comet;

#[comet(name = "list all")]
async fn list() {}

fn main() {}
