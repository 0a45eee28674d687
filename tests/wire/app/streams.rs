//! Handlers that send typed events.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use comet::{EventName, Events, Json, State, comet};
use serde::Serialize;
use tokio::sync::Notify;
use tokio_stream::Stream;

use crate::Guard;

#[derive(Debug, Serialize)]
struct Tick {
    n: u32,
}

/// So many ticks, and a named one.
#[comet(route = "/ticks/{count}?{from}", public)]
async fn ticks(count: u32, from: Option<u32>, out: &mut Events<Tick>) -> comet::Result {
    let from = from.unwrap_or(1);
    for n in from..from + count {
        out.send(&Tick { n }).await?;
    }
    let last = EventName::new("last")?;
    out.send_as(last, &Tick { n: 0 }).await
}

#[comet(route = "/stream/{count}", public)]
fn stream(count: u32) -> impl Stream<Item = Tick> {
    tokio_stream::iter((1..=count).map(|n| Tick { n }))
}

/// Says one thing and stays.
#[comet(route = "/forever", public)]
async fn forever(out: &mut Events<Tick>) -> comet::Result {
    let _guard = Guard("forever");
    out.send(&Tick { n: 1 }).await?;
    std::future::pending().await
}

/// Lets `gated` and `kept` go on.
#[derive(Debug, Default)]
pub(crate) struct Gate(Notify);

#[comet(public)]
async fn open_gate(gate: State<Gate>) {
    gate.0.notify_one();
}

/// So long a stream has to have waited until it has its connection to itself, and some more.
const LONG: Duration = Duration::from_millis(150);

/// Says one thing, another one when it has its connection to itself, and waits at the gate.
#[comet(route = "/gated", public)]
async fn gated(gate: State<Gate>, out: &mut Events<Tick>) -> comet::Result {
    let _guard = Guard("gated");
    out.send(&Tick { n: 1 }).await?;
    tokio::time::sleep(LONG).await;
    out.send(&Tick { n: 2 }).await?;
    gate.0.notified().await;
    Ok(())
}

/// Outlives its connection. After two ticks it waits at the gate.
#[comet(route = "/kept", resume = "30s", public)]
async fn kept(gate: State<Gate>, out: &mut Events<Tick>) -> comet::Result {
    for n in 1..=4 {
        if n == 3 {
            gate.0.notified().await;
        }
        out.send(&Tick { n }).await?;
    }
    Ok(())
}

/// What `flood` has come through.
#[derive(Debug, Default)]
pub(crate) struct Flood(AtomicU64);

const FLOOD: usize = 16 * 1024;

/// Never ends by itself, nor waits for anything but its client, unless it is told to have its connection to itself first.
#[comet(route = "/flood?{waits}", public)]
async fn flood(
    waits: Option<bool>,
    flood: State<Flood>,
    out: &mut Events<String>,
) -> comet::Result {
    let _guard = Guard("flood");
    if waits == Some(true) {
        tokio::time::sleep(LONG).await;
    }
    let much = "x".repeat(FLOOD);
    loop {
        out.send(&much).await?;
        flood.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[comet(route = "/flooded", public)]
async fn flooded(flood: State<Flood>) -> Json<u64> {
    Json(flood.0.load(Ordering::Relaxed))
}
