use comet::longpoll;

#[longpoll]
fn list() -> u8 {
    0
}

fn main() {}
