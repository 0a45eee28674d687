//! The program `comet` against a real server.

mod documented;
mod publish;
mod show;
mod strangers;
mod tail;
mod targets;

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Instant;

use super::server::{lines, unset, wait_for};
use super::{PATIENCE, Server};

const SECRET: &str = "correct-horse-battery-staple";

/// A server that can be published to.
fn server() -> Server {
    server_at("127.0.0.1:0")
}

fn server_at(address: &str) -> Server {
    Server::with(|command| {
        command.env("COMET_PUBLISH_SECRET", SECRET).env("COMET_BIND", address);
    })
}

/// The program, with the secret and for that server.
fn comet(server: &Server) -> Command {
    comet_at(&format!("http://{}", server.address))
}

fn comet_at(url: &str) -> Command {
    let mut command = unset(Command::new(env!("CARGO_BIN_EXE_comet-client")));
    command.env("COMET_PUBLISH_SECRET", SECRET).args(["--url", url]).stdin(Stdio::null());
    command
}

/// What a run has printed, and its exit code.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

fn says(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

/// The program with these arguments.
fn run(server: &Server, arguments: &[&str]) -> Said {
    says(comet(server).args(arguments))
}

/// The same, and it ends well.
fn out(server: &Server, arguments: &[&str]) -> String {
    let said = run(server, arguments);
    assert_eq!(said.code, Some(0), "{said:?}");
    said.out
}

/// A run that goes on.
struct Running {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = lines(child.stdout.take().unwrap());
        let err = lines(child.stderr.take().unwrap());
        Self { child, out, err }
    }

    /// The next line that it prints.
    fn line(&self) -> String {
        self.out.recv_timeout(PATIENCE).expect("it prints a line")
    }

    /// Waits for a line with that text on standard error.
    fn notes(&self, text: &str) -> String {
        wait_for(&self.err, text)
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    fn ends(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(since.elapsed() < PATIENCE, "the program does not end");
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }
}

/// The cursor that a run has named at its end.
fn cursor(err: &str) -> String {
    let (_, cursor) = err.split_once("go on with --cursor ").expect("a cursor");
    cursor.trim_end().to_owned()
}
