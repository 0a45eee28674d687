//! What Comet costs beside others, as a table in Markdown:
//!
//! ```sh
//! cargo build --release -p benches && target/release/bench
//! ```
//!
//! `bench memory`, `bench scale` and `bench stalled` show other sides of it.

mod load;
mod memory;
mod scale;
mod side;
mod stalled;
mod table;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use load::{Failure, Peer, Setup, Tls, pin};
use table::{CASES, Case, Shown};

/// Measures Comet beside the limit of the kernel, axum and Nchan, and prints a table.
#[derive(Debug, Parser)]
struct Options {
    /// What is shown instead.
    #[command(subcommand)]
    instead: Option<Instead>,
    /// Rows, separated by commas: fan1k, fan5k, poll1k, poll5k, own1k, burst1k, churn, idle, parked
    #[arg(long, value_delimiter = ',')]
    cases: Vec<String>,
    /// Servers, separated by commas: comet, axum, nchan, and `merging`: the limit, with all messages of 5 ms in one write
    #[arg(long, value_delimiter = ',', default_value = "comet,axum,nchan")]
    peers: Vec<String>,
    /// How often each is measured; the table has all figures
    #[arg(long, default_value_t = 2)]
    rounds: usize,
    /// Connections for the figures of memory
    #[arg(long, default_value_t = 10_000)]
    idle: usize,
    /// A library that takes the place of Comet's allocator, by `LD_PRELOAD`
    #[arg(long)]
    preload: Option<PathBuf>,
    /// How many threads, and cores, Comet's server has
    #[arg(long, default_value_t = 1)]
    workers: usize,
    /// How Comet's server runs: `alone` for tokio's runtime of one thread
    #[arg(long, default_value = "")]
    runtime: String,
    /// Comet speaks HTTPS; nobody else does
    #[arg(long)]
    tls: bool,
    /// Takes Comet as it is instead of the limit for what others are compared with
    #[arg(long)]
    beside_comet: bool,
}

#[derive(Debug, Subcommand)]
enum Instead {
    Memory(memory::Options),
    Scale(scale::Options),
    Stalled(stalled::Options),
}

fn main() -> Result<(), Failure> {
    let options = Options::parse();
    pin(std::process::id(), "1-63");
    match &options.instead {
        None => compare(&options),
        Some(Instead::Memory(options)) => memory::print(options),
        Some(Instead::Scale(options)) => scale::print(options),
        Some(Instead::Stalled(options)) => stalled::print(options),
    }
}

/// The table of Comet and others.
fn compare(options: &Options) -> Result<(), Failure> {
    let peers = options.peers.iter().map(|name| peer(name)).collect::<Result<Vec<_>, _>>()?;
    let unknown = options.cases.iter().find(|name| CASES.iter().all(|case| case.name != **name));
    if let Some(name) = unknown {
        let all = CASES.map(|case| case.name).join(", ");
        return Err(format!("there is no case `{name}`; there are {all}").into());
    }
    println!("| | {} |", peers.iter().map(|peer| peer.name()).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "---|".repeat(peers.len()));
    let wanted = |case: &&Case| {
        options.cases.is_empty() || options.cases.iter().any(|name| name == case.name)
    };
    let tls = options.tls.then(Tls::new).transpose()?;
    for case in CASES.iter().filter(wanted) {
        row(case, &peers, options, tls.as_ref());
    }
    Ok(())
}

fn peer(name: &str) -> Result<Peer, Failure> {
    match name {
        "comet" => Ok(Peer::Comet),
        "axum" => Ok(Peer::Axum),
        "nchan" => Ok(Peer::Nchan),
        "merging" => Ok(Peer::LimitOfBursts),
        _ => {
            Err(format!("there is no server `{name}`; there are comet, axum, nchan and merging")
                .into())
        }
    }
}

/// Servers in alternation, round by round; a server that cannot be measured says why and is left out.
fn row(case: &Case, peers: &[Peer], options: &Options, tls: Option<&Tls>) {
    let mut cells = vec![Vec::new(); peers.len()];
    for _ in 0..options.rounds {
        for (peer, cell) in peers.iter().zip(&mut cells) {
            let plain = plain(*peer, options.workers);
            let setup = match peer {
                Peer::Comet => Setup {
                    preload: options.preload.as_deref(),
                    runtime: &options.runtime,
                    tls,
                    ..plain
                },
                _ => plain,
            };
            let base = if options.beside_comet { Peer::Comet } else { Peer::Limit };
            match case.measure(setup, self::plain(base, options.workers), options.idle) {
                Ok(shown) => cell.push(cell_of(shown)),
                Err(error) => eprintln!("{} with {}: {error}", case.name, peer.name()),
            }
        }
    }
    let cells: Vec<_> = cells.iter().map(|cell| cell.join(", ")).collect();
    println!("| {} | {} |", case.title, cells.join(" | "));
}

/// A server as it is, with so many threads if it can have them.
fn plain(peer: Peer, workers: usize) -> Setup<'static> {
    match (peer, workers) {
        (Peer::Comet, 2..) => Setup { workers, cores: "0-63", ..Setup::of(peer) },
        _ => Setup::of(peer),
    }
}

fn cell_of(Shown { figure, lost, doubled, delay }: Shown) -> String {
    let mut text = format!("{figure:.2}");
    if delay > 0.0 {
        text.push_str(&format!(" ({delay:.1} ms)"));
    }
    if lost + doubled > 0 {
        text.push_str(&format!(" **{lost} lost, {doubled} doubled**"));
    }
    text
}
