use comet::comet;

#[comet]
fn pay() -> Vec<u8> {
    Vec::new()
}

fn main() {}
