use comet::longpoll;

#[longpoll("/wait", timeout = "0s")]
async fn wait() {}

fn main() {}
