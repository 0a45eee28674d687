use comet::longpoll;

#[longpoll("/jobs")]
struct Jobs;

fn main() {}
