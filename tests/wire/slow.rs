//! T14: readers that do not read, or hardly, cost a bounded amount of memory and delay nobody.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use super::Server;
use super::client::{Client, status};
use super::stream::Stream;

const FOLLOW: &str = "GET /comet/events?channel=news/flood HTTP/1.1\r\nhost: localhost\r\n\
                      accept: application/x-ndjson\r\n\r\n";

/// The size of an entry, and how many are published at once: fewer than the channel keeps, so that whoever reads misses
/// nothing.
const SIZE: usize = 1024;
const ROUND: u64 = 256;

/// What the channel may hold: 1,024 entries, each with the bytes of its one framing.
const LOG: usize = 1024 * 2 * (SIZE + 256);

/// What a reader may cost beside its connection.
const READER: usize = 64 * 1024;

/// What the process and its allocator may take for themselves meanwhile.
const SLACK: usize = 3 << 20;

fn patient(command: &mut Command) {
    // A reader that takes a kibibyte a second makes no room in the system's buffers for minutes.
    command.env("COMET_WRITE_TIMEOUT", "1h").env("COMET_MAX_CONNECTIONS_PER_ADDRESS", "4096");
    // Of the allocator's arenas each keeps the most that it ever held, and entries come from whichever thread publishes.
    command.env("MALLOC_ARENA_MAX", "1");
}

fn start() -> Server {
    Server::with(patient)
}

/// A follower whose side of the connection holds little, and what it was told when it came: the head and `hello`.
fn narrow(server: &Server) -> (Stream, Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    let connect = async {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(4096)?;
        socket.connect(server.address).await?.into_std()
    };
    let stream = runtime.block_on(connect).unwrap();
    stream.set_nonblocking(false).unwrap();
    let mut stream = Stream::over(stream, server.tls.as_ref());
    stream.write_all(FOLLOW.as_bytes()).unwrap();
    let mut told = Vec::new();
    while !(told.ends_with(b"}\n\r\n") && told.windows(7).any(|bytes| bytes == b"\"hello\"")) {
        let mut piece = [0; 1024];
        let length = stream.read(&mut piece).unwrap();
        assert_ne!(length, 0, "closed");
        told.extend_from_slice(&piece[..length]);
    }
    (stream, told)
}

/// A follower that reads everything as it comes.
struct Fast {
    lines: BufReader<Stream>,
    line: String,
    next: u64,
}

impl Fast {
    fn new(server: &Server) -> Self {
        let mut stream = server.stream();
        stream.write_all(FOLLOW.as_bytes()).unwrap();
        let mut fast = Self { lines: BufReader::new(stream), line: String::new(), next: 1 };
        while !fast.line.contains("hello") {
            fast.read_line();
        }
        fast
    }

    fn read_line(&mut self) {
        self.line.clear();
        assert_ne!(self.lines.read_line(&mut self.line).unwrap(), 0, "closed at {}", self.next);
    }

    /// Reads up to an offset: every event, once and in order.
    fn read_to(&mut self, newest: u64) {
        while self.next <= newest {
            self.read_line();
            if let Some((_, text)) = self.line.split_once("\"data\":\"") {
                assert_eq!(text.split(' ').next().unwrap(), self.next.to_string());
                self.next += 1;
            }
            assert!(!self.line.contains("\"gap\""), "{}", self.line);
        }
    }
}

/// Publishes a round and hands back the newest offset.
fn pour(publisher: &mut Client) -> u64 {
    let path = format!("/pour/flood?count={ROUND}&size={SIZE}");
    publisher.send(format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n"));
    let (head, newest) = publisher.answer();
    assert_eq!(status(&head), 200, "{newest}");
    newest.parse().unwrap()
}

/// Publishes so many bytes, which the fast readers read; the most memory that the server had meanwhile, and the newest
/// offset.
fn flood(
    server: &Server,
    bytes: usize,
    fast: &mut [Fast],
    mut between: impl FnMut(),
) -> (usize, u64) {
    let mut publisher = server.connect();
    let (mut most, mut newest) = (0, 0);
    for _ in 0..bytes.div_ceil(ROUND as usize * SIZE) {
        newest = pour(&mut publisher);
        fast.iter_mut().for_each(|reader| reader.read_to(newest));
        between();
        most = most.max(server.memory());
    }
    (most, newest)
}

/// Reads what a slow reader has still to get, up to the newest event.
fn drained(stream: Stream, newest: u64) -> String {
    let (mut lines, mut all) = (BufReader::new(stream), String::new());
    let last = format!("\"data\":\"{newest} ");
    let mut from = 0;
    while !all[from..].contains(&last) {
        from = all.len();
        assert_ne!(lines.read_line(&mut all).unwrap(), 0, "closed after {from} bytes");
    }
    all
}

/// The offsets of a stream: those of events, and those that gaps cover.
fn covered(stream: &str) -> (Vec<u64>, u64) {
    let (mut got, mut missed) = (Vec::new(), 0);
    for line in stream.lines().map(|line| line.trim_end_matches('\r')) {
        if let Some((_, gap)) = line.split_once("\"event\":\"gap\",\"data\":") {
            let number = |key: &str| -> u64 {
                let (_, rest) = gap.split_once(key).unwrap();
                rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
            };
            missed += 1;
            assert_eq!(number("\"from\":"), got.last().map_or(1, |last| last + 1));
            got.push(number("\"to\":") - 1);
        } else if let Some((_, text)) = line.split_once("\"data\":\"") {
            let offset = text.split(' ').next().unwrap().parse().unwrap();
            assert_eq!(offset, got.last().map_or(1, |last| last + 1));
            got.push(offset);
        }
    }
    (got, missed)
}

fn a_slow_reader(server: &Server, bytes: usize) {
    let mut fast: Vec<_> = (0..2).map(|_| Fast::new(server)).collect();
    let (mut slow, mut early) = narrow(server);
    let before = server.memory();
    let mut since = Instant::now();
    let (most, newest) = flood(server, bytes, &mut fast, || {
        if since.elapsed() >= Duration::from_secs(1) {
            let mut piece = [0; 1024];
            let length = slow.read(&mut piece).unwrap();
            early.extend_from_slice(&piece[..length]);
            since = Instant::now();
        }
    });
    println!("{bytes} bytes: {before} bytes before and at most {most}");
    assert!(most <= before + LOG + 3 * READER + SLACK, "{before} -> {most}");
    assert_eq!(newest, fast[0].next - 1);
    let stream = String::from_utf8(early).unwrap() + &drained(slow, newest);
    let body: String = dechunked(&stream);
    let (offsets, gaps) = covered(&body);
    assert!(gaps >= 1, "it was left behind, and was told each time");
    assert_eq!(offsets.last(), Some(&newest), "and the newest");
    assert!((offsets.len() as u64) < newest);
}

/// The body of a response in chunks, the last of which may be cut.
fn dechunked(response: &str) -> String {
    let (_, mut rest) = response.split_once("\r\n\r\n").unwrap();
    let mut body = String::new();
    while let Some((size, chunk)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap().min(chunk.len());
        body.push_str(&chunk[..size]);
        rest = chunk[size..].strip_prefix("\r\n").unwrap_or_default();
    }
    body
}

#[test]
fn t14_a_slow_reader_costs_no_memory_and_delays_nobody() {
    a_slow_reader(&start(), 6 << 20);
}

#[test]
#[ignore = "takes minutes; the full run asks for it"]
fn t14_a_slow_reader_of_100_megabytes() {
    a_slow_reader(&start(), 100 << 20);
}

fn readers_that_stop(server: &Server, count: usize, bytes: usize) {
    let mut fast = [Fast::new(server)];
    let stopped: Vec<_> = (0..count).map(|_| narrow(server)).collect();
    let before = server.memory();
    let (most, _) = flood(server, bytes, &mut fast, || {});
    println!("{count} readers, {bytes} bytes: {before} bytes before and at most {most}");
    assert!(most <= before + LOG + (count + 1) * READER + SLACK, "{before} -> {most}");
    drop(stopped);
    server.lives();
}

#[test]
fn t14_a_slow_reader_over_tls() {
    a_slow_reader(&Server::secure_with(patient), 6 << 20);
}

#[test]
fn t14_readers_over_tls_that_stop_reading() {
    readers_that_stop(&Server::secure_with(patient), 100, 4 << 20);
}

#[test]
fn t14_readers_that_stop_reading_cost_a_bounded_amount() {
    readers_that_stop(&start(), 100, 4 << 20);
}

/// Bytes that the system holds of what was written to a client (`tx_queue` of `/proc/net/tcp`, proc(5)).
#[cfg(target_os = "linux")]
fn held_for(client: &TcpStream) -> usize {
    let port = format!(":{:04X}", client.local_addr().unwrap().port());
    let sockets = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let mut rows = sockets.lines().map(|row| row.split_whitespace().collect::<Vec<_>>());
    let row = rows.find(|row| row[2].ends_with(&port)).unwrap();
    usize::from_str_radix(row[4].split(':').next().unwrap(), 16).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn the_system_holds_little_for_a_reader_that_stops() {
    let server = start();
    let mut stopped = TcpStream::connect(server.address).unwrap();
    stopped.write_all(FOLLOW.as_bytes()).unwrap();
    stopped.read_exact(&mut [0]).unwrap();
    flood(&server, 16 << 20, &mut [Fast::new(&server)], || {});
    let held = held_for(&stopped);
    println!("{held} bytes");
    assert!((1..512 << 10).contains(&held), "{held}");
}

#[test]
#[ignore = "takes minutes; the full run asks for it"]
fn t14_a_thousand_readers_that_stop_reading() {
    readers_that_stop(&start(), 1_000, 16 << 20);
}
