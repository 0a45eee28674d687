use comet::comet;

#[comet("/tasks//log")]
async fn log() {}

fn main() {}
