use comet::channel;

struct Money;

#[channel("todos/{list}", list: u64, access = may_watch)]
#[derive(serde::Serialize)]
struct Event;

async fn may_watch(_: u64, _: Money) -> comet::Result {
    Ok(())
}

fn main() {
    let _ = Event::channel(7);
}
