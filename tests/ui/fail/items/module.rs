use comet::comet;

#[comet("/jobs")]
mod jobs {}

fn main() {}
