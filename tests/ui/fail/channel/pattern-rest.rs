use comet::channel;

#[channel("files/{*path}", path: String, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = Event::channel("a");
}
