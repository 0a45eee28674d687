//! A server that is started for the measurement, and what it uses.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use super::connection::Failure;
use super::peer::{Peer, SECRET};

/// What nginx is told; `@…@` stand for what differs.
const NGINX: &str = include_str!("nchan.conf");

/// A running server, which ends with this.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Kept, as a program ends when nobody reads what it says.
    _said: (Option<BufReader<ChildStdout>>, Option<BufReader<ChildStderr>>),
}

impl Process {
    /// Starts it on the first core, while the load generator keeps to the others.
    ///
    /// # Errors
    ///
    /// It is not installed or not built, or it does not start.
    pub(crate) fn start(peer: Peer) -> Result<Self, Failure> {
        let process = if peer == Peer::Nchan { Self::nginx()? } else { Self::own(peer)? };
        pin(process.child.id(), "0");
        Ok(process)
    }

    /// A program of this package, which says where it listens.
    fn own(peer: Peer) -> Result<Self, Failure> {
        let (name, environment) = match peer {
            Peer::Comet => ("bench-server", ("COMET_PUBLISH_SECRET", SECRET)),
            Peer::LimitOfBursts => ("bench-limit", ("BENCH_PAUSE_MS", "5")),
            Peer::Limit => ("bench-limit", ("BENCH_PAUSE_MS", "0")),
            _ => ("bench-axum", ("BENCH_WORKERS", "1")),
        };
        let mut command = Command::new(beside(name)?);
        command.envs([("COMET_BIND", "127.0.0.1:0"), ("COMET_LOG", "warn"), environment]);
        let spawned = command.stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|error| {
            format!("{name}: {error}; `cargo build --release -p benches` makes it")
        })?;
        let mut said = child.stdout.take().map(BufReader::new).ok_or("no standard output")?;
        let mut line = String::new();
        said.read_line(&mut line)?;
        let address = line.trim().rsplit('/').next().unwrap_or_default();
        let address = address.parse().map_err(|_| format!("{name} says {line:?}"))?;
        Ok(Self { child, address, _said: (Some(said), None) })
    }

    fn nginx() -> Result<Self, Failure> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let folder = std::env::temp_dir().join(format!("comet-bench-{}", address.port()));
        fs::create_dir_all(&folder)?;
        let file = folder.join("nginx.conf");
        fs::write(&file, NGINX.replace("@address@", &address.to_string()))?;
        let mut command = Command::new("nginx");
        command.args(["-e", "stderr", "-p"]).arg(&folder).arg("-c").arg(&file);
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let mut said = child.stderr.take().map(BufReader::new).ok_or("no standard error")?;
        let mut line = String::new();
        while !line.contains("start worker process ") {
            line.clear();
            if said.read_line(&mut line)? == 0 {
                return Err(
                    "nginx with Nchan does not start: `apt-get install libnginx-mod-nchan`".into(),
                );
            }
        }
        Ok(Self { child, address, _said: (None, Some(said)) })
    }

    /// CPU seconds of all its threads, in user mode and in the kernel (`schedstat` of proc(5)).
    ///
    /// # Errors
    ///
    /// It has ended.
    pub(crate) fn cpu(&self) -> Result<f64, Failure> {
        let mut nanoseconds = 0;
        for process in self.family()? {
            for task in fs::read_dir(process.join("task"))? {
                let text = fs::read_to_string(task?.path().join("schedstat"))?;
                let first = text.split(' ').next().unwrap_or_default();
                nanoseconds += first.parse::<u64>()?;
            }
        }
        Ok(nanoseconds as f64 / 1e9)
    }

    /// KiB of memory of its own, and its part of what it shares (`Pss` of proc(5)).
    ///
    /// # Errors
    ///
    /// It has ended.
    pub(crate) fn memory(&self) -> Result<f64, Failure> {
        let mut kibibytes = 0.0;
        for process in self.family()? {
            let text = fs::read_to_string(process.join("smaps_rollup"))?;
            let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
            kibibytes += line.ok_or("no Pss")?.trim().trim_end_matches(" kB").parse::<f64>()?;
        }
        Ok(kibibytes)
    }

    /// It and its children.
    fn family(&self) -> Result<Vec<PathBuf>, Failure> {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        let all =
            std::iter::once(id.to_string()).chain(children.split_whitespace().map(str::to_owned));
        Ok(all.map(|id| Path::new("/proc").join(id)).collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Asked and not killed, so that nginx ends its workers.
        let _asked = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ended = self.child.wait();
    }
}

/// A program that was built with this one.
fn beside(name: &str) -> Result<PathBuf, Failure> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// Keeps a process to some cores, where there is more than one and `taskset` is installed.
pub(crate) fn pin(process: u32, cores: &str) {
    let taskset = Command::new("taskset").args(["-acp", cores, &process.to_string()]).output();
    drop(taskset);
}
