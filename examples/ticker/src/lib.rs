//! Typed events: anything that serializes. One endpoint answers `EventSource`, `fetch` and curl alike.

mod market;
mod page;

pub use market::Symbol;
pub use page::LESSON;

use std::time::Duration;

use comet::{Events, comet};
use serde::Serialize;
use tokio_stream::wrappers::IntervalStream;
use tokio_stream::{Stream, StreamExt};

/// Sends the quotes of `symbol`, five a second, from number `from` on, at most 120 back.
#[comet(route = "/ticker/{symbol}?{from}", public)]
pub async fn ticker(symbol: Symbol, from: Option<u64>, out: &mut Events<Quote>) -> comet::Result {
    let now = market::now();
    let mut number = from.unwrap_or(now).clamp(now - 120, now);
    loop {
        market::due(number).await;
        out.send(&Quote { number, price: symbol.price(number) }).await?;
        number += 1;
    }
}

/// A price at a time.
#[derive(Debug, Serialize)]
pub struct Quote {
    /// Counts on from quote to quote; `from` asks for one again.
    pub number: u64,
    /// In Martian pounds.
    pub price: f64,
}

/// A plain `Stream` does as well.
#[comet(route = "/clock", public)]
pub fn clock() -> impl Stream<Item = Tick> {
    let mut seconds = 0..;
    IntervalStream::new(tokio::time::interval(Duration::from_secs(1)))
        .map(move |_| Tick { seconds: seconds.next().unwrap_or(usize::MAX) })
}

/// Seconds since somebody began to look.
#[derive(Debug, Serialize)]
pub struct Tick {
    /// Whole seconds.
    pub seconds: usize,
}
