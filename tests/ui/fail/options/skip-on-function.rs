use comet::comet;

#[comet(skip)]
async fn list() {}

fn main() {}
