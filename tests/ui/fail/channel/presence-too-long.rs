use comet::channel;

#[channel("todos", presence = "24h", public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
