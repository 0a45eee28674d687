use comet::comet;

#[comet("/jobs")]
const JOBS: u8 = 1;

fn main() {}
