use comet::channel;

#[channel("todos", colour = red, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
