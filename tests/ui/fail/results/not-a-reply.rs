use comet::comet;

struct Money;

#[comet]
async fn pay() -> Money {
    Money
}

fn main() {}
