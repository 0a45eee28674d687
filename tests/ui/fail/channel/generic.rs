use comet::channel;

#[channel("todos", public)]
#[derive(serde::Serialize)]
struct Event<T>(T);

fn main() {
    let _ = Event(0);
}
