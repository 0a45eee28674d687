use comet::channel;

#[channel("todos", presence = 30, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
