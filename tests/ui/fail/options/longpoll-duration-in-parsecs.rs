use comet::longpoll;

#[longpoll("/wait", timeout = "30 parsecs")]
async fn wait() {}

fn main() {}
