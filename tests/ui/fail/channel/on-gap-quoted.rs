use comet::channel;

#[channel("todos", on_gap = "reload", public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
