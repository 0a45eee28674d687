use comet::channel;

#[channel("todos", slow = cot, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
