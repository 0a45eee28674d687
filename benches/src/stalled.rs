//! Many readers of one channel, of which some stop reading while messages come faster than ever.

use clap::Args;

use crate::load::{Crowd, Failure, Peer, Process, Setup, Size, Way};

/// What readers that stop do to the others and to the server's memory, on a channel that tells them of a gap and on one
/// that cuts them off.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// All readers.
    #[arg(long, default_value_t = 10_000)]
    readers: usize,
    /// How many of them stop.
    #[arg(long, default_value_t = 2000)]
    stalled: usize,
    /// Bytes of a message.
    #[arg(long, default_value_t = 16 << 10)]
    bytes: usize,
    /// Messages until the sockets of those who do not read are full, and a quarter of it before and after. Sockets take up
    /// to 4 MiB with the system's defaults.
    #[arg(long, default_value_t = 400)]
    messages: u64,
}

/// The most that the server's memory may grow, for each reader that stops and in all, in KiB.
const A_READER: f64 = 32.0;
const IN_ALL: f64 = 32.0 * 1024.0;

/// How many messages are on their way at once.
const AHEAD: u64 = 4;

/// Prints what happens, and fails if somebody gets less than he is to.
///
/// # Errors
///
/// A message is lost in silence, memory grows without bound, or the server cannot be measured.
pub(crate) fn print(options: &Options) -> Result<(), Failure> {
    for kind in ["gaps", "cuts"] {
        show(kind, options)?;
    }
    Ok(())
}

fn show(kind: &'static str, options: &Options) -> Result<(), Failure> {
    let &Options { readers, stalled, bytes, messages } = options;
    let process = Process::start(Setup::of(Peer::Comet))?;
    let size = Size { readers, channels: 1, way: Way::Stream, kind, bytes };
    let mut crowd = Crowd::gather(&process, Peer::Comet, size)?;
    let idle = process.memory()?;
    crowd.in_step(1)?;
    println!("{kind}: one message to {readers} idle streams: {:.1} ms", crowd.median_delay());
    let all = crowd.flood(messages / 4, AHEAD, || {})?;
    println!(
        "{kind}: while all read: {all:.0} deliveries/s, {:.1} MiB",
        process.memory()? / 1024.0
    );
    crowd.stall(stalled);
    let mut most = 0_f64;
    crowd.flood(messages, AHEAD, || {
        let now = process.memory().unwrap_or_default();
        most = most.max(now);
        println!("{kind}: meanwhile: {:.1} MiB", now / 1024.0);
    })?;
    let others = crowd.flood(messages / 4, AHEAD, || {})?;
    most = most.max(process.memory()?);
    println!(
        "{kind}: while {stalled} do not: {others:.0} deliveries/s, {:.1} MiB at most",
        most / 1024.0
    );
    let (lost, doubled) = crowd.amiss();
    let fates = crowd.resume();
    let gaps = fates.iter().filter(|fate| fate.gap).count();
    let cuts = fates.iter().filter(|fate| fate.cut).count();
    println!("{kind}: of {stalled}, {gaps} were told of a gap and {cuts} cut off");
    let misses = fates.iter().filter(|fate| fate.misses).count();
    let silent = fates.iter().filter(|fate| fate.misses && !fate.gap && !fate.cut).count();
    if lost + doubled > 0 || silent > 0 || misses == 0 {
        let what = format!("{lost} lost, {doubled} doubled, {silent} of {misses} told nothing");
        return Err(what.into());
    }
    let grown = most - idle;
    if grown > IN_ALL + A_READER * stalled as f64 {
        return Err(format!("{grown:.0} KiB more for {stalled} that do not read").into());
    }
    Ok(())
}
