use comet::channel;

#[channel("todos", public)]
#[derive(serde::Serialize)]
struct Event<'a>(&'a str);

fn main() {
    let _ = Event("");
}
