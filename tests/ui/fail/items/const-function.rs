use comet::comet;

#[comet]
const fn list() -> u8 {
    0
}

fn main() {}
