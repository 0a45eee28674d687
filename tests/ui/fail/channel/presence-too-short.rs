use comet::channel;

#[channel("todos", presence = "500ms", public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
