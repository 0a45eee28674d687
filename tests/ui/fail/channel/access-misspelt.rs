use comet::channel;

#[channel("todos", acess = may_watch)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
