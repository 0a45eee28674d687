//! How the cost of a delivery grows, and what that says of machines that are larger than this one.

use std::time::{Duration, Instant};

use clap::Args;

use crate::load::{Crowd, Failure, Peer, Process, Setup, Size, Way};
use crate::side::{Drive, Side};

/// What a delivery costs by readers, channels, length, history and threads, and how long a pass over many readers takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Rows by what they vary, separated by commas: readers, channels, bytes, history, workers, pass, connect
    #[arg(long, value_delimiter = ',')]
    rows: Vec<String>,
}

/// One thing that is varied.
struct Row {
    name: &'static str,
    value: &'static str,
    size: Size,
    workers: usize,
    drive: Drive,
}

const BASE: Size = size(1000, 1, "bench", 100);

const fn size(readers: usize, channels: usize, kind: &'static str, bytes: usize) -> Size {
    Size { readers, channels, way: Way::Stream, kind, bytes }
}

const fn row(name: &'static str, value: &'static str, size: Size, messages: usize) -> Row {
    Row { name, value, size, workers: 1, drive: Drive::InStep(messages) }
}

const ROWS: [Row; 14] = [
    row("readers", "100", size(100, 1, "bench", 100), 100),
    row("readers", "1,000", BASE, 10),
    row("readers", "5,000", size(5000, 1, "bench", 100), 2),
    row("readers", "15,000", size(15_000, 1, "bench", 100), 1),
    row("channels", "1, a reader", size(1, 1, "bench", 100), 1000),
    row("channels", "100, a reader each", size(100, 100, "bench", 100), 1000),
    row("channels", "10,000, a reader each", size(10_000, 10_000, "bench", 100), 1000),
    row("bytes", "1 KiB", size(1000, 1, "bench", 1 << 10), 10),
    row("bytes", "16 KiB", size(1000, 1, "bench", 16 << 10), 4),
    row("bytes", "64 KiB", size(1000, 1, "bench", 64 << 10), 2),
    row("history", "none", size(1000, 1, "bare", 100), 10),
    row("history", "16,384 entries", size(1000, 1, "long", 100), 10),
    Row { workers: 2, ..row("workers", "2, 1,000 readers", BASE, 10) },
    Row { workers: 2, ..row("workers", "2, 5,000 readers", size(5000, 1, "bench", 100), 2) },
];

const SLICES: usize = 12;

/// Prints the tables.
///
/// # Errors
///
/// The server is not built, or does not deliver.
pub(crate) fn print(options: &Options) -> Result<(), Failure> {
    let wanted = |name: &str| options.rows.is_empty() || options.rows.iter().any(|row| row == name);
    println!("| | | µs a delivery | of 1,000 readers, 100 B |\n|---|---|---|---|");
    for row in ROWS.iter().filter(|row| wanted(row.name)) {
        let (micros, ratio) = cost(row)?;
        println!("| {} | {} | {micros:.2} | {ratio:.2} |", row.name, row.value);
    }
    if wanted("pass") {
        passes()?;
    }
    if wanted("connect") {
        connecting()?;
    }
    Ok(())
}

/// Microseconds of CPU for a delivery, and how many times those of the base they are, both driven in turn.
fn cost(row: &Row) -> Result<(f64, f64), Failure> {
    let setup = Setup { workers: row.workers, cores: cores(row.workers), ..Setup::of(Peer::Comet) };
    let mut own = Side::new(setup, row.size, row.drive)?;
    let mut base = Side::new(Setup::of(Peer::Comet), BASE, Drive::InStep(10))?;
    for _ in 0..SLICES {
        own.slice()?;
        base.slice()?;
    }
    let Drive::InStep(messages) = row.drive else { return Err("in step only".into()) };
    let each = row.size.readers / row.size.channels;
    let micros = own.cpu * 1e6 / (SLICES * messages * each) as f64;
    let of_base = base.cpu * 1e6 / (SLICES * 10 * BASE.readers) as f64;
    Ok((micros, micros / of_base))
}

fn cores(workers: usize) -> &'static str {
    if workers == 1 { "0" } else { "0-63" }
}

/// How long it takes until all of many readers have been written to, by one thread and by two, in turn.
fn passes() -> Result<(), Failure> {
    const READERS: usize = 8000;
    let start = |workers| -> Result<_, Failure> {
        let setup = Setup { workers, cores: "0-63", ..Setup::of(Peer::Comet) };
        let process = Process::start(setup)?;
        let crowd = Crowd::gather(&process, Peer::Comet, size(READERS, 1, "bench", 100))?;
        Ok((process, crowd))
    };
    let (mut one, mut two) = (start(1)?, start(2)?);
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..SLICES {
        for ((process, crowd), took) in [&mut one, &mut two].into_iter().zip(&mut took) {
            took.push(pass(process, crowd)?);
        }
    }
    println!("\n| a pass over {READERS} readers | ms | threads at work |\n|---|---|---|");
    for (workers, mut took) in [1, 2].into_iter().zip(took) {
        took.sort_by_key(|(wall, _)| *wall);
        let (wall, at_work) = took.get(took.len() / 2).ok_or("no pass")?;
        println!("| {workers} | {:.1} | {at_work:.2} |", wall.as_secs_f64() * 1e3);
    }
    Ok(())
}

/// How long the server is at work for one message while nobody reads yet, and how many of its threads are so.
fn pass(process: &Process, crowd: &mut Crowd) -> Result<(Duration, f64), Failure> {
    const REST: Duration = Duration::from_millis(30);
    let (start, before) = (Instant::now(), process.cpu()?);
    crowd.tell()?;
    let (mut used, mut last) = (before, start);
    while last.elapsed() < REST || used == before {
        std::thread::sleep(Duration::from_millis(1));
        let now = process.cpu()?;
        // Less is somebody who looks at the clock.
        if now - used > 1e-4 {
            (used, last) = (now, Instant::now());
        }
    }
    crowd.hear()?;
    Ok((last - start, (used - before) / (last - start).as_secs_f64()))
}

/// What a connection costs until it follows a channel.
fn connecting() -> Result<(), Failure> {
    const READERS: usize = 2000;
    let process = Process::start(Setup::of(Peer::Comet))?;
    let size = size(READERS, 1, "bench", 100);
    drop(Crowd::gather(&process, Peer::Comet, size)?);
    let before = process.cpu()?;
    let crowd = Crowd::gather(&process, Peer::Comet, size)?;
    let each = (process.cpu()? - before) * 1e6 / READERS as f64;
    println!("\na connection that comes to follow a channel: {each:.1} µs of CPU");
    drop(crowd);
    Ok(())
}
