//! A server with one kind of channel, as any program would write it, for a load generator to follow and to publish to; and
//! with handlers that suspend themselves, for `bench-suspended`.

mod suspended;

use comet::{App, channel};
use serde::Serialize;

/// What the load generator publishes: a text of the length it asks for.
#[channel("bench/{name}", name: String, history = 1024, on_gap = replay, public)]
#[derive(Debug, Serialize)]
pub struct Tick(pub String);

/// The threads that serve: one, unless `BENCH_WORKERS` says otherwise.
fn workers() -> comet::Result<usize> {
    Ok(std::env::var("BENCH_WORKERS").map_or(Ok(1), |text| text.parse())?)
}

fn main() -> comet::Result {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(workers()?).enable_all();
    runtime.build()?.block_on(App::from_linked().run())
}
