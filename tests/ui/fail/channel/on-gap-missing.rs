use comet::channel;

#[channel("todos", history = 256, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
