use comet::comet;

#[comet("/comet/events")]
async fn events() {}

fn main() {}
