use comet::channel;

#[channel("todos", "clicks", public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
