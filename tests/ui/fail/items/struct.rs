use comet::comet;

#[comet]
struct Jobs;

fn main() {}
