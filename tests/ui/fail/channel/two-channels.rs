use comet::channel;

#[channel("todos", public)]
#[channel("clicks", public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
