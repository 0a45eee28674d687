use comet::channel;

#[channel("todos/{list}", list: u64, public)]
enum Event {
    Saved,
}

fn main() {
    let _ = Event::channel(7).publish(&Event::Saved);
}
