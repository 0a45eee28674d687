use comet::channel;

#[channel("todos", presence = true, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
