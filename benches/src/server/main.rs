//! A server with one kind of channel, as any program would write it, for a load generator to follow and to publish to; and
//! with handlers that suspend themselves, for `bench-suspended`.

mod suspended;

use comet::{App, Events, channel, comet};
use serde::Serialize;
use tokio::runtime::Builder;

/// What the load generator publishes: a text of the length it asks for.
#[channel("bench/{name}", name: String, history = 1024, on_gap = replay, public)]
#[derive(Debug, Serialize)]
pub struct Tick(pub String);

/// The same with little history, for readers that stop: they are told of a gap.
#[channel("gaps/{name}", name: String, history = 16, on_gap = replay, public)]
#[derive(Debug, Serialize)]
pub struct Gaps(pub String);

/// The same, and readers that stop are cut off.
#[channel("cuts/{name}", name: String, history = 16, on_gap = replay, slow = cut, public)]
#[derive(Debug, Serialize)]
pub struct Cuts(pub String);

/// Without any history.
#[channel("bare/{name}", name: String, public)]
#[derive(Debug, Serialize)]
pub struct Bare(pub String);

/// With a long one.
#[channel("long/{name}", name: String, history = 16384, on_gap = replay, public)]
#[derive(Debug, Serialize)]
pub struct Long(pub String);

/// Says one thing and waits.
#[comet("/open", public)]
async fn open(out: &mut Events<u32>) -> comet::Result {
    out.send(&0).await?;
    std::future::pending().await
}

/// The threads that serve: one, unless `BENCH_WORKERS` says otherwise.
fn workers() -> comet::Result<usize> {
    Ok(std::env::var("BENCH_WORKERS").map_or(Ok(1), |text| text.parse())?)
}

/// tokio's threads that take work from each other, or with `BENCH_RUNTIME=alone` its runtime of one thread.
fn main() -> comet::Result {
    let mut runtime = match std::env::var("BENCH_RUNTIME").as_deref() {
        Ok("alone") => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    runtime.worker_threads(workers()?).enable_all();
    runtime.build()?.block_on(App::from_linked().run())
}
