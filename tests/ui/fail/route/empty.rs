use comet::comet;

#[comet("")]
async fn show() {}

fn main() {}
