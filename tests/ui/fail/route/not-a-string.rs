use comet::comet;

#[comet(42)]
async fn list() {}

fn main() {}
