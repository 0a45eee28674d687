use comet::comet;

struct Broke;

#[comet]
async fn pay() -> Result<(), Broke> {
    Err(Broke)
}

fn main() {}
