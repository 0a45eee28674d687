use comet::{Events, comet};

struct Tick;

#[comet("/ticks")]
async fn ticks(out: &mut Events<Tick>) {
    drop(out);
}

fn main() {}
