use comet::channel;

#[channel("todos/{list}", list: u64, access = may_watch)]
#[derive(serde::Serialize)]
struct Event;

async fn may_watch(_: u64) -> bool {
    true
}

fn main() {
    let _ = Event::channel(7);
}
