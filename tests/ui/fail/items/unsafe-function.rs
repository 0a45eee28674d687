use comet::comet;

#[comet]
async unsafe fn list() {}

fn main() {}
