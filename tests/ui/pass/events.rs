//! Typed events and streams.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use comet::test::{Reply, TestApp};
use comet::{App, Events, comet};
use tokio_stream::{Stream, StreamExt};

/// One step.
#[derive(Debug, serde::Serialize)]
pub struct Tick {
    n: u32,
}

/// Sends as it goes.
#[comet(route = "/ticks/{count}", resume = "500ms", public)]
async fn ticks(count: u32, out: &mut Events<Tick>) -> comet::Result {
    for n in 1..=count {
        out.send(&Tick { n }).await?;
    }
    Ok(())
}

/// Returns a stream, which takes arguments like any other.
#[comet("/clock/{count}", public)]
pub fn clock(count: u32) -> impl Stream<Item = Tick> {
    tokio_stream::iter(1..=count).map(|n| Tick { n })
}

/// A stream with a name of its own, on an instance.
#[derive(Debug)]
pub struct Counter(u32);

#[comet(public)]
impl Counter {
    /// Counts down.
    pub fn down(&self) -> std::pin::Pin<Box<dyn Stream<Item = Tick> + Send>> {
        Box::pin(tokio_stream::iter((1..=self.0).rev()).map(|n| Tick { n }))
    }
}

async fn numbers(mut reply: Reply) -> Vec<u64> {
    let mut numbers = Vec::new();
    while let Some(message) = reply.next().await {
        numbers.extend(message.data["n"].as_u64());
    }
    numbers
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    let app = TestApp::new(App::from_linked().with(Counter(2)))?;
    assert_eq!(numbers(app.get(ticks::url(3).as_str()).await).await, [1, 2, 3]);
    assert_eq!(numbers(app.get(clock::url(2).as_str()).await).await, [1, 2]);
    assert_eq!(numbers(app.call("counter_down", &[0; 0]).await).await, [2, 1]);
    Ok(())
}
