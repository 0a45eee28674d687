use comet::channel;

mod todos {
    #[comet::channel("todos/{list}", list: u64, public)]
    #[derive(serde::Serialize)]
    pub struct Event;
}

#[channel("todos/{id}", id: u64, public)]
#[derive(serde::Serialize)]
struct Event;

fn main() {
    let _ = (Event::channel(7), todos::Event::channel(7));
}
