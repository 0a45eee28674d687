use comet::channel;

#[channel("todos", slow = conflate(by = ownr), public)]
#[derive(serde::Serialize)]
enum Event {
    Saved { owner: u64 },
    Cleared,
}

fn main() {
    let _ = (Event::channel(), Event::Saved { owner: 1 }, Event::Cleared);
}
