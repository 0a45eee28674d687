use comet::comet;

struct Money;

#[comet]
async fn pay() -> comet::Result<Money> {
    Ok(Money)
}

fn main() {}
