use comet::channel;

#[channel(pattern = "todos", public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
