use comet::channel;

#[channel("todos", public)]
mod events {}

fn main() {}
