use comet::channel;

#[channel("todos", max_age = "30 parsecs", public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
