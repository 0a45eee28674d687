use comet::channel;

#[channel("todos", access = |list| true)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
