use comet::longpoll;

#[longpoll("/tasks", resume = "20s")]
async fn list() {}

fn main() {}
