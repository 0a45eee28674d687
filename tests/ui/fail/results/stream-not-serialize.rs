use comet::comet;
use tokio_stream::{Stream, empty};

struct Tick;

#[comet("/ticks")]
fn ticks() -> impl Stream<Item = Tick> {
    empty()
}

fn main() {}
