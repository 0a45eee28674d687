use comet::channel;

#[channel("todos", on_gap = nothing, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
