use comet::comet;

#[comet]
fn list() {}

fn main() {}
