use comet::channel;

#[channel("todos", , public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
