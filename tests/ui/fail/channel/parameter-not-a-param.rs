use comet::channel;

struct Money;

#[channel("accounts/{amount}", amount: Money, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel(Money);
}
