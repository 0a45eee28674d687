use comet::comet;

#[comet]
extern "C" fn list() -> u8 {
    0
}

fn main() {}
