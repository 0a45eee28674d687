//! What the pieces of a delivery take, one by one:
//!
//! ```sh
//! cargo bench -p benches
//! ```
#![allow(missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use comet::pieces::{Crowd, FRAMINGS, Kept, Message, Polls, Routes, websocket};
use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BatchSize, criterion_group, criterion_main};

/// The time that a thread was at work, so that what else the machine does counts for little.
struct AtWork(WallTime);

impl Measurement for AtWork {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        self.0.formatter()
    }
}

type Criterion = criterion::Criterion<AtWork>;
type Bencher<'a> = criterion::Bencher<'a, AtWork>;

/// As long as the messages of the table.
const PAYLOAD: &[u8] = &[b'1'; 100];

fn payload() -> bytes::Bytes {
    bytes::Bytes::from_static(PAYLOAD)
}

fn publish(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("publish");
    let crowd = Crowd::new(0);
    group.bench_function("to nobody", |bencher| bencher.iter(|| crowd.publish(&payload())));
    for readers in [1, 1000] {
        let mut crowd = Crowd::new(readers);
        let cycle = move |bencher: &mut Bencher<'_>| {
            bencher.iter(|| {
                crowd.publish(&payload());
                crowd.wait();
            });
        };
        group.bench_function(format!("to {readers} until all have read and wait"), cycle);
    }
    for tasks in [1, 1000] {
        group.bench_function(format!("to {tasks} in tasks, the same"), |bencher| {
            awaited(bencher, tasks);
        });
    }
}

/// A publish, a wake of each task, and a look of each.
fn awaited(bencher: &mut Bencher<'_>, tasks: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.unwrap_or_else(|error| unreachable!("{error}"));
    let (crowd, seen) = (Crowd::new(0), std::rc::Rc::new(std::cell::Cell::new(0)));
    let local = tokio::task::LocalSet::new();
    for _ in 0..tasks {
        let (mut follower, seen) = (crowd.follower(), std::rc::Rc::clone(&seen));
        local.spawn_local(async move {
            loop {
                let entries = follower.next().await;
                seen.set(seen.get() + entries);
            }
        });
    }
    let publish = async || {
        let wanted = seen.get() + tasks;
        crowd.publish(&payload());
        while seen.get() < wanted {
            tokio::task::yield_now().await;
        }
    };
    local.block_on(&runtime, tokio::task::yield_now());
    bencher.iter(|| local.block_on(&runtime, publish()));
}

fn encode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encode");
    for framing in FRAMINGS {
        group.bench_function(format!("{}, the first time", framing.name), |bencher| {
            let new = || Message::new(&payload());
            bencher.iter_batched_ref(new, |entry| entry.bytes(framing), BatchSize::SmallInput);
        });
    }
    let entry = Message::new(&payload());
    for framing in FRAMINGS {
        group.bench_function(format!("{}, shared", framing.name), |bencher| {
            bencher.iter(|| entry.bytes(framing));
        });
    }
}

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    let kept = Kept::new(1000, &payload());
    for behind in [1, 10, 100] {
        let cursor = kept.cursor(behind);
        group.bench_function(format!("a cursor and {behind} entries from it"), |bencher| {
            bencher.iter(|| kept.read(black_box(&cursor)));
        });
    }
    for endpoints in [10, 300] {
        let routes = Routes::new(endpoints);
        group.bench_function(format!("a path, one of {endpoints} routes"), |bencher| {
            bencher.iter(|| routes.at(black_box("/area5/1234/log")));
        });
    }
    let head = format!(
        "GET /comet/events?channel=rooms/7&cursor={} HTTP/1.1\r\nhost: localhost\r\n\r\n",
        kept.cursor(0)
    );
    let polls = Polls::new(head.as_bytes());
    group.bench_function("a repeated poll", |bencher| {
        bencher.iter(|| polls.read(black_box(head.as_bytes())));
    });
    for length in [16, 100, 1000] {
        let frame = masked(length);
        group.bench_function(format!("a WebSocket message of {length} B"), |bencher| {
            bencher.iter(|| websocket(black_box(&frame)));
        });
    }
}

/// A client's text frame.
fn masked(length: usize) -> Vec<u8> {
    const MASK: [u8; 4] = [7, 77, 177, 27];
    let mut frame = match u8::try_from(length) {
        Ok(short @ ..126) => vec![0x81, 0x80 | short],
        _ => [&[0x81, 0x80 | 126][..], &(length as u16).to_be_bytes()].concat(),
    };
    frame.extend(MASK);
    frame.extend(std::iter::repeat_n(b'x', length).zip(MASK.iter().cycle()).map(|(b, m)| b ^ m));
    frame
}

fn quick() -> Criterion {
    let (warm, long) = (Duration::from_millis(300), Duration::from_secs(1));
    criterion::Criterion::default()
        .with_measurement(AtWork(WallTime))
        .sample_size(30)
        .warm_up_time(warm)
        .measurement_time(long)
}

criterion_group! { name = pieces; config = quick(); targets = publish, encode, read }
criterion_main!(pieces);
