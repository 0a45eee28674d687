use comet::comet;

#[comet("/tasks#top")]
async fn show() {}

fn main() {}
