use comet::comet;

#[comet(colour = "red")]
async fn list() {}

fn main() {}
