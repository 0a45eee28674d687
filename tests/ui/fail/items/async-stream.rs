use comet::comet;

use tokio_stream::Stream;

#[comet]
async fn ticks() -> impl Stream<Item = u8> {
    tokio_stream::iter([1, 2])
}

fn main() {}
