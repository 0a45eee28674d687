use comet::channel;

#[channel("todos", slow = conflate(by = id), public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
