use comet::channel;

#[channel("todos", public)]
union Event {
    a: u8,
}

fn main() {
    let _ = Event { a: 0 };
}
