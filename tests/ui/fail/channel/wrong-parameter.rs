use comet::channel;

#[channel("todos/{list}", list: u64, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel(true);
}
