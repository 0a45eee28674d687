use comet::comet;

#[comet(method = POST)]
async fn list() {}

fn main() {}
