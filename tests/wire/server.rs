use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ALL_VERSIONS, ClientConfig};

use super::stream::Stream;
use super::tls::{CERTIFICATE, KEY, certify, trusting};
use super::{Client, PATIENCE};

/// The program under test, in an empty directory of its own and without settings of this process.
pub(crate) fn program(directory: &Directory) -> Command {
    let mut command = unset(Command::new(env!("CARGO_BIN_EXE_wire-app")));
    command.current_dir(&directory.0).env("COMET_BIND", "127.0.0.1:0");
    command
}

/// A command without the settings of this process.
pub(crate) fn unset(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("COMET_") {
            command.env_remove(name);
        }
    }
    command
}

pub(crate) struct Directory(pub(crate) PathBuf);

impl Directory {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("comet-wire-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// A running server process.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// How its clients encrypt.
    pub(crate) tls: Option<Arc<ClientConfig>>,
    /// What it prints.
    printed: Receiver<String>,
    /// What it logs.
    logged: Receiver<String>,
    pub(crate) directory: Directory,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(|_| {})
    }

    /// A server that speaks HTTPS.
    pub(crate) fn secure() -> Self {
        Self::secure_with(|_| {})
    }

    pub(crate) fn secure_with(change: impl FnOnce(&mut Command)) -> Self {
        let mut server = Self::with(|command| {
            certify(command.get_current_dir().unwrap());
            command.env("COMET_TLS_CERTIFICATE", CERTIFICATE).env("COMET_TLS_KEY", KEY);
            change(command);
        });
        server.tls = Some(trusting(&server.directory.0, ALL_VERSIONS));
        server
    }

    /// One server that speaks HTTP, and one that speaks HTTPS.
    pub(crate) fn both() -> [Self; 2] {
        [Self::start(), Self::secure()]
    }

    pub(crate) fn with(change: impl FnOnce(&mut Command)) -> Self {
        let directory = Directory::new();
        let mut command = program(&directory);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        change(&mut command);
        let mut child = command.spawn().unwrap();
        let printed = lines(child.stdout.take().unwrap());
        let logged = lines(child.stderr.take().unwrap());
        let first = printed.recv_timeout(PATIENCE).expect("it listens");
        let (_, address) = first.split_once("://").unwrap();
        let address = address.parse().unwrap();
        Self { child, address, tls: None, printed, logged, directory }
    }

    pub(crate) fn connect(&self) -> Client {
        Client::over(self.stream())
    }

    pub(crate) fn stream(&self) -> Stream {
        Stream::connect(self.address, self.tls.as_ref())
    }

    /// Everything that is answered on a connection of its own; the request asks for no second one.
    pub(crate) fn answer(&self, request: &str) -> String {
        let mut client = self.connect();
        client.send(request.replacen("\r\n", "\r\nconnection: close\r\n", 1));
        client.rest()
    }

    /// Waits for a line with that text on standard output.
    pub(crate) fn prints(&self, text: &str) {
        wait_for(&self.printed, text);
    }

    /// Waits for a line with that text in the log.
    pub(crate) fn logs(&self, text: &str) -> String {
        wait_for(&self.logged, text)
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// How much memory of its own the process has, in bytes.
    pub(crate) fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        let kibibytes: usize = line.trim().trim_end_matches(" kB").parse().unwrap();
        kibibytes * 1024
    }

    /// Waits for the process to end by itself.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(since.elapsed() < PATIENCE, "the process does not end");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// The process is there and does its work.
    pub(crate) fn lives(&self) {
        let answer = self.answer(&super::call("add", "*/*", "[1,2]"));
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n3"),
            "{answer}"
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }
}

pub(crate) fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let lines = BufReader::new(from).lines().map_while(Result::ok);
        lines.map(|line| sender.send(line)).find(Result::is_err)
    });
    receiver
}

pub(crate) fn wait_for(lines: &Receiver<String>, text: &str) -> String {
    let since = Instant::now();
    loop {
        let left = PATIENCE.saturating_sub(since.elapsed());
        let line = lines.recv_timeout(left).unwrap_or_else(|_| panic!("no line with `{text}`"));
        if line.contains(text) {
            return line;
        }
    }
}
