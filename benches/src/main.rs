//! What Comet costs beside others, as a table in Markdown:
//!
//! ```sh
//! cargo build --release -p benches && target/release/bench
//! ```

mod load;
mod table;

use clap::Parser;

use load::{Failure, Peer, pin};
use table::{CASES, Case, Shown};

/// Measures Comet beside the limit of the kernel, axum and Nchan, and prints a table.
#[derive(Debug, Parser)]
struct Options {
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
}

fn main() -> Result<(), Failure> {
    let options = Options::parse();
    let peers = options.peers.iter().map(|name| peer(name)).collect::<Result<Vec<_>, _>>()?;
    let unknown = options.cases.iter().find(|name| CASES.iter().all(|case| case.name != **name));
    if let Some(name) = unknown {
        let all = CASES.map(|case| case.name).join(", ");
        return Err(format!("there is no case `{name}`; there are {all}").into());
    }
    pin(std::process::id(), "1-63");
    println!("| | {} |", peers.iter().map(|peer| peer.name()).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "---|".repeat(peers.len()));
    let wanted = |case: &&Case| {
        options.cases.is_empty() || options.cases.iter().any(|name| name == case.name)
    };
    for case in CASES.iter().filter(wanted) {
        row(case, &peers, &options);
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
fn row(case: &Case, peers: &[Peer], options: &Options) {
    let mut cells = vec![Vec::new(); peers.len()];
    for _ in 0..options.rounds {
        for (peer, cell) in peers.iter().zip(&mut cells) {
            match case.measure(*peer, options.idle) {
                Ok(shown) => cell.push(cell_of(shown)),
                Err(error) => eprintln!("{} with {}: {error}", case.name, peer.name()),
            }
        }
    }
    let cells: Vec<_> = cells.iter().map(|cell| cell.join(", ")).collect();
    println!("| {} | {} |", case.title, cells.join(" | "));
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
