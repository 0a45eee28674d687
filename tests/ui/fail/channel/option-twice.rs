use comet::channel;

#[channel("todos", public, max_age = "1m", max_age = "2m")]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
