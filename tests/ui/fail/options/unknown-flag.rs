use comet::comet;

#[comet(publik)]
async fn list() {}

fn main() {}
