use comet::channel;

#[channel("todos/{list}", list:, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel(7);
}
