use comet::channel;

#[channel("todos/{list}", list: &str, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel("a");
}
