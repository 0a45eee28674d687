use comet::channel;

#[channel("prices", slow = conflate(by = price), public)]
#[derive(serde::Serialize)]
struct Quote {
    price: f64,
}

fn main() {
    let _ = Quote::channel().publish(&Quote { price: 1.0 });
}
