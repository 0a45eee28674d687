use comet::channel;

#[channel("todos", public)]
async fn event() {}

fn main() {
    drop(event());
}
