#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod begin;
mod body;
mod collect;
mod panics;
mod resume;
mod seats;
mod threads;
mod window;

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use tracing::Span;

use super::{Owner, Run, Runs, Work, flow, resumable_flow};
use crate::error::Error;
use crate::flow::{Flow, Gone};
use crate::log::{Batch, Cursor, EventName};
use crate::reply::{Outcome, Value};

type Done = Result<Outcome, Error>;

fn nothing() -> Done {
    Ok(Outcome::new(Value::Empty))
}

/// A run that its reader drives.
fn run<F>(handler: impl FnOnce(Arc<Flow>) -> F) -> Run
where
    F: Future<Output = Done> + Send + 'static,
{
    on(flow(), handler)
}

fn on<F>(flow: Arc<Flow>, handler: impl FnOnce(Arc<Flow>) -> F) -> Run
where
    F: Future<Output = Done> + Send + 'static,
{
    let work = Work::new(Box::pin(handler(Arc::clone(&flow))), Span::none());
    Run::new(flow, work)
}

fn owner() -> Owner {
    Owner { endpoint: "import", user: Some("ann".to_owned()) }
}

async fn send(flow: &Flow, text: &str) -> Result<(), Gone> {
    flow.send(EventName::MESSAGE, Bytes::copy_from_slice(text.as_bytes())).await
}

/// One look, as a connection that has room takes it.
fn look(run: &mut Run) -> Poll<Option<Batch>> {
    run.poll_entries(&mut Context::from_waker(Waker::noop()))
}

/// The next batch as `event payload`, `None` at the end.
async fn next(run: &mut Run) -> Option<Vec<String>> {
    poll_fn(|cx| run.poll_entries(cx)).await.as_ref().map(shown)
}

fn shown(batch: &Batch) -> Vec<String> {
    let Batch::Entries(entries) = batch else { return vec![format!("{batch:?}")] };
    let text = |bytes: &Bytes| String::from_utf8(bytes.to_vec()).unwrap();
    entries.iter().map(|entry| format!("{} {}", entry.event, text(&entry.payload))).collect()
}

/// Everything up to the end.
async fn rest(run: &mut Run) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(some) = next(run).await {
        all.extend(some);
    }
    all
}

/// Says when it is dropped, as a handler's locals are.
struct Guard(Arc<AtomicBool>);

impl Guard {
    fn new() -> (Self, Arc<AtomicBool>) {
        let dropped = Arc::new(AtomicBool::new(false));
        (Self(Arc::clone(&dropped)), dropped)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn is_set(flag: &AtomicBool) -> bool {
    flag.load(Ordering::SeqCst)
}

/// Counts what a handler has come through.
#[derive(Clone, Default)]
struct Steps(Arc<AtomicUsize>);

impl Steps {
    fn step(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// The offset in a cursor.
fn offset(cursor: Cursor) -> u64 {
    cursor.to_string().split_once('.').unwrap().1.parse().unwrap()
}
