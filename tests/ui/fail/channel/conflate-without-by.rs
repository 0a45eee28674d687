use comet::channel;

#[channel("todos", slow = conflate(id), public)]
#[derive(serde::Serialize)]
struct Event {
    id: u64,
}

fn main() {
    let _ = Event::channel();
}
