use comet::channel;

#[channel("todos/{list}", list: u64, access = may_watch)]
#[derive(serde::Serialize)]
struct Event;

fn may_watch(_: u64) -> comet::Result {
    Ok(())
}

fn main() {
    let _ = Event::channel(7);
}
