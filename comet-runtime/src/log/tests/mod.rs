#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conflate;
mod cursor;
mod gaps;
#[cfg(comet_loom)]
mod interleavings;
mod model;
mod name;
mod threads;
mod waiting;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use bytes::Bytes;

use super::{Batch, Entry, EventName, Limits, Log, Reader};

const ROOMY: Limits = Limits { entries: 1 << 20, bytes: 1 << 30, age: None };

/// What an entry weighs beside its payload.
const FLAT: usize = std::mem::size_of::<Entry>();

fn append(log: &Log, text: &str) -> u64 {
    log.append(EventName::MESSAGE, Bytes::copy_from_slice(text.as_bytes())).unwrap()
}

/// One look; nobody is woken by it.
fn read(reader: &mut Reader) -> Poll<Option<Batch>> {
    reader.poll_read(&mut Context::from_waker(Waker::noop()))
}

/// The payloads of the one batch that is there.
fn texts(reader: &mut Reader) -> Vec<String> {
    match read(reader) {
        Poll::Ready(Some(Batch::Entries(entries))) => {
            entries.iter().map(|e| String::from_utf8(e.payload.to_vec()).unwrap()).collect()
        }
        other => panic!("no entries but {other:?}"),
    }
}

/// Counts how often it was woken.
#[derive(Default)]
struct Bell(AtomicUsize);

impl Bell {
    fn new() -> (Arc<Self>, Waker) {
        let bell = Arc::new(Self::default());
        (Arc::clone(&bell), Waker::from(bell))
    }

    fn rung(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}
