use comet::longpoll;

#[longpoll("/tasks", timeout = "30 parsecs")]
async fn list() {}

fn main() {}
