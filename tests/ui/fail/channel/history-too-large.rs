use comet::channel;

#[channel("todos", history = 1_000_001, on_gap = reload, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
