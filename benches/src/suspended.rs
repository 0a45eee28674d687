//! How suspended handlers bear load, as a table: so many clients, which stream or poll, over one connection each or a new one
//! for every event.
//!
//! ```sh
//! cargo build --release -p benches && target/release/bench-suspended
//! ```

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How many clients, one row after the other.
const CLIENTS: [usize; 5] = [1, 4, 64, 256, 1024];
const EVENTS: usize = 50;

/// How clients wait.
#[derive(Clone, Copy)]
struct Way {
    name: &'static str,
    route: &'static str,
    /// Whether a connection serves more than one event.
    reused: bool,
    polls: bool,
}

const WAYS: [Way; 3] = [
    Way { name: "streams", route: "reflect", reused: true, polls: false },
    Way { name: "polls", route: "next", reused: true, polls: true },
    Way { name: "polls, each on a new connection", route: "next", reused: false, polls: true },
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    println!("| clients | wait by | events told/s | until all are told, ms | KiB a client |");
    println!("|---|---|---|---|---|");
    for way in WAYS {
        for clients in CLIENTS {
            let server = Server::start()?;
            let row = measure(&server, way, clients).await?;
            let Row { told, kibibytes } = row;
            let per_second = (clients * EVENTS) as f64 / told.as_secs_f64();
            let all = told.as_secs_f64() * 1000.0 / EVENTS as f64;
            println!("| {clients} | {} | {per_second:.0} | {all:.2} | {kibibytes:.1} |", way.name);
        }
    }
    Ok(())
}

struct Row {
    /// The time between publishing and that every client has the event, all events together.
    told: Duration,
    /// What a waiting client costs the server.
    kibibytes: f64,
}

async fn measure(server: &Server, way: Way, clients: usize) -> io::Result<Row> {
    let mut sockets = Vec::new();
    server.ask("GET", "waiting").await?; // what the first request costs is no client's
    let (empty, mut full) = (server.kibibytes()?, 0);
    let mut told = Duration::ZERO;
    for number in 0..EVENTS {
        if sockets.is_empty() || !way.reused {
            sockets.clear();
            for _ in 0..clients {
                sockets.push(server.connect().await?);
            }
        }
        if number == 0 || way.polls {
            let request =
                format!("GET /{} HTTP/1.1\r\nhost: {}\r\n\r\n", way.route, server.address);
            for socket in &mut sockets {
                socket.write_all(request.as_bytes()).await?;
            }
        }
        while server.ask("GET", "waiting").await? < clients {}
        if number == 0 {
            full = server.kibibytes()?;
        }
        let since = Instant::now();
        let reached = server.ask("POST", &format!("tell/event-{number}-")).await?;
        assert_eq!(reached, clients, "every client is told");
        for socket in &mut sockets {
            until(socket, &format!("event-{number}-")).await?;
        }
        told += since.elapsed();
    }
    Ok(Row { told, kibibytes: (full - empty) as f64 / clients as f64 })
}

/// Reads until a text has come.
async fn until(socket: &mut TcpStream, text: &str) -> io::Result<()> {
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    while !seen.windows(text.len()).any(|window| window == text.as_bytes()) {
        match socket.read(&mut buffer).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => seen.extend_from_slice(&buffer[..length]),
        }
    }
    Ok(())
}

/// A server of its own for each row.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> io::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("bench-server");
        let mut command = Command::new(program);
        command.env("COMET_BIND", "127.0.0.1:0").env("COMET_LOG", "warn").stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut line = String::new();
        let printed = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        BufReader::new(printed).read_line(&mut line)?;
        let address = line.trim().rsplit('/').next().unwrap_or_default().to_owned();
        Ok(Self { child, address })
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let socket = TcpStream::connect(&self.address).await?;
        socket.set_nodelay(true)?;
        Ok(socket)
    }

    /// The number that a request is answered with.
    async fn ask(&self, method: &str, path: &str) -> io::Result<usize> {
        let mut socket = self.connect().await?;
        let request = format!(
            "{method} /{path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
            self.address
        );
        socket.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await?;
        let number = answer.rsplit("\r\n\r\n").next().unwrap_or_default().parse();
        number.map_err(|_| io::Error::other(answer))
    }

    /// The memory that the process has of its own.
    fn kibibytes(&self) -> io::Result<i64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line =
            status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().map_err(io::Error::other)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
