use comet::longpoll;

#[longpoll("/wait", timeout = 30)]
async fn wait() {}

fn main() {}
