use comet::channel;

#[channel("todos", public, access = may_watch)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel();
}
