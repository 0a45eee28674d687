//! What a server keeps for whoever waits, as a table.

use clap::Args;

use crate::load::{Dialog, Failure, Peer, Process, SECRET, Setup, Sitting, Tls};

/// What waits, and how much memory the server has for each: a table in Markdown.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many of each.
    #[arg(long, default_value_t = 10_000)]
    many: usize,
    /// Over HTTPS.
    #[arg(long)]
    tls: bool,
}

/// How somebody comes to wait.
type Say = fn(&mut Dialog) -> Result<(), Failure>;

const WAITING: [(&str, Say); 5] = [
    ("an idle stream of a channel", stream),
    ("a parked long poll", poll),
    ("an open run, a handler that waits", run),
    ("an idle WebSocket", |dialog| websocket(dialog, None)),
    ("an idle WebSocket that follows a channel", |dialog| websocket(dialog, Some("bench/c0"))),
];

/// Entries of 100 B that each channel keeps.
const HISTORIES: [usize; 3] = [1, 10, 100];

/// Prints the table.
///
/// # Errors
///
/// The server is not built, or there are no descriptors left.
pub(crate) fn print(options: &Options) -> Result<(), Failure> {
    let many = options.many;
    let tls = options.tls.then(Tls::new).transpose()?;
    let setup = Setup { tls: tls.as_ref(), ..Setup::of(Peer::Comet) };
    println!("| one of {many} | KiB in the server | KiB in the kernel, both ends |\n|---|---|---|");
    for (what, say) in WAITING {
        let process = Process::start(setup)?;
        // What the first connections take is nobody's.
        drop(Sitting::gather(&process, 10, say)?);
        let (before, kernel) = (process.memory()?, kernel()?);
        let sitting = Sitting::gather(&process, many, say)?;
        let each = |grown: f64| grown / sitting.count() as f64;
        let (own, theirs) = (each(process.memory()? - before), each(self::kernel()? - kernel));
        println!("| {what} | {own:.2} | {theirs:.1} |");
    }
    for entries in HISTORIES {
        let process = Process::start(setup)?;
        let mut dialog = Dialog::open(&process)?;
        publish(&mut dialog, 0..1, 1)?;
        let before = process.memory()?;
        publish(&mut dialog, 1..many + 1, entries)?;
        let each = (process.memory()? - before) / many as f64;
        println!("| a channel with {entries} entries of 100 B | {each:.2} | |");
    }
    Ok(())
}

fn get(path: &str, fields: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{fields}\r\n").into_bytes()
}

fn stream(dialog: &mut Dialog) -> Result<(), Failure> {
    let request = get("/comet/events?channel=bench/c0", "accept: text/event-stream\r\n");
    dialog.ask(&request, "event: hello").map(drop)
}

fn poll(dialog: &mut Dialog) -> Result<(), Failure> {
    let path = "/comet/events?channel=bench/c0&transport=longpoll";
    let said = dialog.ask(&get(path, ""), "\"}")?;
    let (_, cursor) = said.rsplit_once("\"cursor\":\"").ok_or("no cursor")?;
    let cursor = cursor.trim_end_matches("\"}");
    dialog.ask(&get(&format!("{path}&cursor={cursor}"), ""), "").map(drop)
}

fn run(dialog: &mut Dialog) -> Result<(), Failure> {
    dialog.ask(&get("/open", "accept: text/event-stream\r\n"), "data: 0").map(drop)
}

fn websocket(dialog: &mut Dialog, channel: Option<&str>) -> Result<(), Failure> {
    let fields = "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n\
                  sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: comet.v1\r\n";
    dialog.ask(&get("/comet/events", fields), "\r\n\r\n")?;
    if let Some(channel) = channel {
        let text = format!(r#"{{"subscribe":["{channel}"]}}"#);
        // Masked with zeros, which changes nothing.
        let head = [0x81, 0x80 | u8::try_from(text.len())?, 0, 0, 0, 0];
        dialog.ask(&[&head[..], text.as_bytes()].concat(), channel)?;
    }
    Ok(())
}

/// Publishes so many entries to each channel, an entry to each of some channels at a time.
fn publish(
    dialog: &mut Dialog,
    channels: std::ops::Range<usize>,
    entries: usize,
) -> Result<(), Failure> {
    let (all, data): (Vec<_>, _) = (channels.collect(), "x".repeat(98));
    for _ in 0..entries {
        for some in all.chunks(1000) {
            let event = |nth: &usize| format!(r#"{{"channel":"bench/c{nth}","data":"{data}"}}"#);
            let body = format!("[{}]", some.iter().map(event).collect::<Vec<_>>().join(","));
            let head = format!(
                "POST /comet/publish HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {SECRET}\r\n\
                 content-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            dialog.ask(&[head.as_bytes(), body.as_bytes()].concat(), "]}")?;
        }
    }
    Ok(())
}

/// KiB of the kernel's own objects, and of what waits in sockets, of the whole machine (proc(5)).
fn kernel() -> Result<f64, Failure> {
    let number = |line: Option<&str>, nth: usize| -> Result<f64, Failure> {
        let word = line.and_then(|line| line.split_whitespace().nth(nth)).ok_or("no figure")?;
        Ok(word.parse()?)
    };
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let slab = number(memory.lines().find(|line| line.starts_with("Slab:")), 1)?;
    let sockets = std::fs::read_to_string("/proc/net/sockstat")?;
    // The last figure of the line: pages of 4 KiB.
    let pages = number(sockets.lines().find(|line| line.starts_with("TCP:")), 10)?;
    Ok(slab + 4.0 * pages)
}
